import Columnar
import ColumnarCore
import Pipelines

/// Makes the values of one input of a node: an array, or a column, of so many items.
public typealias InputGenerator = (inout ColumnGenerator, _ count: Int) -> any Sendable

extension Node {
  /// Compares a node's row closure and its batch closure on generated input: with nulls, with all
  /// kinds of text and floating-point numbers (infinite ones and NaN too), in batches of different
  /// sizes.
  ///
  /// Integers, dates and times are small, from -9 to 9 units, because a closure that overflows ends
  /// the process: what differs for large ones only is found with `includingExtremes`.
  ///
  /// ```swift
  /// let lower = Node("lower", from: text) { $0.lowercased() } batch: { $0.map { $0.lowercased() } }
  /// try lower.checkAgreement()
  /// ```
  ///
  /// Throws an error that tells the seed, the item, its inputs and both results where they differ;
  /// where one closure throws for an item and the other does not; where the node has no two
  /// closures; where its results cannot be compared, as values that no column type stands for and
  /// that are not `Equatable`; and where no item gave any value, which would prove nothing.
  ///
  /// - Parameters:
  ///   - seeds: each makes one set of inputs.
  ///   - rows: the most items of a set.
  ///   - tolerance: by how much floating-point results may differ, relative to the larger one.
  ///   - includingExtremes: whether integers, dates and times are of any size, up to the least and
  ///     the greatest of their type. Closures must bear them: an overflow traps.
  ///   - generators: what makes values of inputs that not any value of their type is right for, and
  ///     of types that no column type stands for.
  ///   - constants: inputs and states by name that are the same for all items.
  public func checkAgreement(
    on seeds: ClosedRange<UInt64> = 1...25, rows: Int = 150, tolerance: Double = 0,
    includingExtremes: Bool = false,
    generators: [String: InputGenerator] = [:], constants: [String: any Sendable] = [:]
  ) throws {
    let check = try AgreementCheck(
      definition, tolerance, includingExtremes, generators, constants)
    var values = 0
    for seed in seeds { values += try check.compare(seed: seed, rows: rows) }
    guard values > 0 else {
      throw check.error(
        "gave null for every generated item, which proves nothing. Give generators of values that the "
          + "closures take.")
    }
  }
}

/// The comparison of a node's closures.
private struct AgreementCheck {
  let definition: NodeDefinition
  let pipeline: Pipeline
  let tolerance: Double
  let includesExtremes: Bool
  let generators: [String: InputGenerator]
  let constants: [String: any Sendable]

  init(
    _ node: NodeDefinition, _ tolerance: Double, _ includesExtremes: Bool,
    _ generators: [String: InputGenerator], _ constants: [String: any Sendable]
  ) throws {
    self.tolerance = tolerance
    self.includesExtremes = includesExtremes
    self.generators = generators
    self.constants = constants
    // An item that fails is null on both sides, so that the others can be compared.
    definition = node.with(options: UDFOptions(onError: .null))
    pipeline = Pipeline(
      "agreement", engine: .sequential, graph: try PipelineGraph("agreement", [definition]),
      outputs: node.outputs.map(\.name))
    guard node.single != nil else {
      throw error("has one closure only. Give it two: Node(…) { row } batch: { columns }.")
    }
  }

  func error(_ text: String) -> ColumnarError {
    ColumnarError(
      .invalidPlan, "The node \"\(definition.name)\" \(text)", context: [.node(definition.name)])
  }

  /// Compares on the input of one seed; gives the number of items that have a value.
  func compare(seed: UInt64, rows: Int) throws -> Int {
    var generator = ColumnGenerator(seed: seed)
    generator.onlySmallNumbers = !includesExtremes
    let count = generator.rowCount(upTo: rows)
    let inputs = try self.inputs(&generator, count)
    let batchRows = generator.random.pick([1, 3, 64, 8_192])
    let expected = try results(.sequential, inputs, count)
    let actual = try results(ColumnarEngine(threads: 1, batchRows: batchRows), inputs, count)
    for (wanted, given) in zip(expected, actual) {
      try compare(wanted, given, inputs, seed, batchRows)
    }
    return expected.first.map { column in (0..<count).count { !column.isNull($0) } } ?? 0
  }

  private func results(
    _ engine: any Engine, _ inputs: [(name: String, column: Column)], _ count: Int
  ) throws -> [Column] {
    var bindings = inputs.map { Binding(mapping: $0.name, $0.column) }
    bindings += try pipeline.bind(constants).bound
    let results = try pipeline.on(engine).map(bindings, mode: .zip, isByName: true)
    return results.outputs.map(\.column)
  }

  private func inputs(
    _ generator: inout ColumnGenerator, _ count: Int
  ) throws -> [(name: String, column: Column)] {
    var inputs: [(name: String, column: Column)] = []
    for input in pipeline.graph.inputs where constants[input.name] == nil && input.maker == nil {
      if let make = generators[input.name] {
        guard let column = try NamedValue.column(of: make(&generator, count)),
          column.count == count
        else {
          throw error("has a generator of \"\(input.name)\" that does not give \(count) values.")
        }
        inputs.append((input.name, column))
      } else if input.isStateWhenConstant {
        throw error(
          "takes \"\(input.name)\", which cannot be generated. Give it in generators: or constants:."
        )
      } else {
        inputs.append((input.name, generator.column(input.type, count: count)))
      }
    }
    return inputs
  }

  private func compare(
    _ wanted: Column, _ given: Column, _ inputs: [(name: String, column: Column)], _ seed: UInt64,
    _ batchRows: Int
  ) throws {
    for row in try differences(wanted, given) {
      let item = inputs.map {
        "\($0.name): " + MessageText.shown($0.column.text(at: row))
      }.joined(separator: ", ")
      throw error(
        "has closures that differ on (\(item)): for one item \(wanted.text(at: row)), in a batch "
          + "\(given.text(at: row)) (seed \(seed), item \(row), batches of \(batchRows)).")
    }
  }

  /// The rows in which two columns differ.
  private func differences(_ wanted: Column, _ given: Column) throws -> [Int] {
    guard wanted.type.containsOpaque else {
      let (a, b) = (Value.rows(of: wanted), Value.rows(of: given))
      return a.indices.filter { !agree(a[$0], b[$0]) }
    }
    guard wanted.type.physical == .opaque else { throw incomparable("\(wanted.type)") }
    let (a, b) = (Array(wanted.objects), Array(given.objects))
    return try a.indices.filter { row in
      if wanted.isNull(row) || given.isNull(row) { return wanted.isNull(row) != given.isNull(row) }
      guard let value = a[row] as? any Equatable else {
        throw incomparable("\(type(of: a[row]))")
      }
      return !agree(value, b[row])
    }
  }

  private func incomparable(_ type: String) -> ColumnarError {
    error(
      "gives values of \(type), which cannot be compared. Let the type conform to Equatable.")
  }

  private func agree<T: Equatable>(_ a: T, _ b: Any) -> Bool {
    guard let b = b as? T else { return false }
    // A value that holds a NaN is not equal to itself, and may be the same all the same.
    return a == b || (a != a && b != b && "\(a)" == "\(b)")
  }

  private func agree(_ a: Value, _ b: Value) -> Bool {
    switch (a, b) {
    case (.double(let x), .double(let y)) where x != y && x.isFinite && y.isFinite:
      abs(x - y) <= tolerance * max(abs(x), abs(y))
    case (.list(let x), .list(let y)), (.structure(let x), .structure(let y)):
      x.count == y.count && zip(x, y).allSatisfy(agree)
    default: a == b
    }
  }
}
