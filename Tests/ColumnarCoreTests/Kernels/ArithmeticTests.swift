import ColumnarCore
import ColumnarTesting
import Testing

@Suite("Arithmetic")
struct ArithmeticTests {
  private static let operators: [ArithmeticOperator] = [
    .add, .subtract, .multiply, .divide, .integerDivide, .remainder, .wrappingAdd,
    .wrappingSubtract, .wrappingMultiply,
  ]

  @Test(
    "agrees with the oracle over all numeric types, operators and forms",
    arguments: ColumnGenerator.numericTypes)
  func agreesWithOracle(type: DataType) throws {
    PropertyTest.seeds(150) { generator in
      generator.onlySmallNumbers = generator.random.chance(0.6)
      let count = generator.rowCount(upTo: 150)
      let (a, b) = (generator.column(type, count: count), generator.column(type, count: count))
      for op in Self.operators { check(op, a, b, generator.seed) }
    }
  }

  @Test("casts different numeric types to their common one")
  func commonType() throws {
    PropertyTest.seeds(400) { generator in
      generator.onlySmallNumbers = generator.random.chance(0.6)
      let count = generator.rowCount(upTo: 80)
      let a = generator.column(generator.random.pick(ColumnGenerator.numericTypes), count: count)
      let b = generator.column(generator.random.pick(ColumnGenerator.numericTypes), count: count)
      for op in Self.operators { check(op, a, b, generator.seed) }
    }
  }

  /// Holds one operation against the oracle, a failure and its row included.
  private func check(_ op: ArithmeticOperator, _ a: Column, _ b: Column, _ seed: UInt64) {
    let note: Comment = "seed \(seed): \(a.type) \(op) \(b.type)"
    var expected: [Value] = []
    var failingRow: Int?
    do {
      let type = try op.resultType(a.type, b.type)
      for (row, pair) in zip(Value.rows(of: a), Value.rows(of: b)).enumerated() {
        let x = try Oracle.cast(pair.0, from: a.type, to: type)
        let y = try Oracle.cast(pair.1, from: b.type, to: type)
        do {
          expected.append(try Oracle.arithmetic(op, x, y, type))
        } catch {
          failingRow = failingRow ?? row
        }
      }
      let result = try a.arithmetic(op, b)
      #expect(failingRow == nil, note)
      #expect(result.type == type, note)
      if failingRow == nil { #expect(Oracle.difference(result, from: expected) == nil, note) }
    } catch let error as ColumnarError {
      #expect(failingRow != nil && error.code == .overflow, "\(note) \(error)")
      #expect(error.row == failingRow, note)
    } catch {
      Issue.record("\(note): \(error)")
    }
  }

  @Test("changes and drops signs", arguments: ColumnGenerator.numericTypes)
  func signs(type: DataType) throws {
    PropertyTest.seeds(100) { generator in
      generator.onlySmallNumbers = generator.random.chance(0.5)
      let column = generator.column(type, count: generator.rowCount(upTo: 150))
      let note: Comment = "seed \(generator.seed)"
      for isNegation in [true, false] {
        let expected = Value.rows(of: column).map { value -> Value? in
          switch value {
          case .double(let x): .double(isNegation ? -x : x.magnitude)
          case .null: .null
          default:
            Oracle.value(
              (Oracle.integer(value) ?? 0)
                * (isNegation || (Oracle.integer(value) ?? 0) < 0 ? -1 : 1),
              as: type)
          }
        }
        do {
          let result = try isNegation ? column.negated() : column.absolute()
          #expect(Oracle.difference(result, from: expected.compactMap { $0 }) == nil, note)
        } catch {
          let row = (error as? ColumnarError)?.row
          #expect(row == expected.firstIndex { $0 == nil }, "\(note) \(error)")
        }
      }
    }
  }

  @Test("adds and subtracts times")
  func times() throws {
    func column(_ type: DataType, _ values: [Int64]) -> Column {
      Column(type: type, values: Buffer(copying: values), count: values.count)
    }
    let days = Column(type: .date, values: Buffer(copying: [1, -1] as [Int32]), count: 2)
    let stamps = column(.timestamp(.second), [100, -5])
    let lengths = column(.duration(.millisecond), [1500, -1])
    let difference = try stamps.arithmetic(.subtract, stamps.slice(0..<2))
    #expect(difference.type == .duration(.second))
    #expect(Oracle.difference(difference, from: [.int(0), .int(0)]) == nil)
    let sum = try stamps.arithmetic(.add, lengths)
    #expect(sum.type == .timestamp(.millisecond))
    #expect(Oracle.difference(sum, from: [.int(101_500), .int(-5001)]) == nil)
    let moved = try days.arithmetic(.subtract, lengths)
    #expect(moved.type == .timestamp(.millisecond))
    #expect(Oracle.difference(moved, from: [.int(86_398_500), .int(-86_399_999)]) == nil)
    let apart = try days.arithmetic(.subtract, days.taking(RowIndices([1, 0])))
    #expect(apart.type == .duration(.microsecond))
    #expect(Oracle.difference(apart, from: [.int(172_800_000_000), .int(-172_800_000_000)]) == nil)
    let twice = try lengths.arithmetic(.multiply, .constant(column(.int64, [2]), count: 2))
    #expect(Oracle.difference(twice, from: [.int(3000), .int(-2)]) == nil)
    #expect(throws: ColumnarError.self) { try days.arithmetic(.add, days) }
  }

  @Test("joins strings, and refuses what is not defined")
  func stringsAndErrors() throws {
    PropertyTest.seeds(100) { generator in
      let count = generator.rowCount(upTo: 100)
      let (a, b) = (
        generator.column(.string, count: count), generator.column(.string, count: count)
      )
      let expected = zip(Value.rows(of: a), Value.rows(of: b)).map { pair -> Value in
        if case (.bytes(let x), .bytes(let y)) = pair { return .bytes(x + y) }
        return .null
      }
      let result = try? a.arithmetic(.add, b)
      #expect(
        result.flatMap { Oracle.difference($0, from: expected) } == nil, "seed \(generator.seed)")
    }
    let one = Column.constant(Column(bits: Bitmap([true])), count: 3)
    #expect(throws: ColumnarError.self) { try one.arithmetic(.add, one) }
    #expect(throws: ColumnarError.self) { try Column.nulls(2).arithmetic(.add, .nulls(3)) }
    #expect(try Column.nulls(2).arithmetic(.add, .nulls(2)).type == .null)
  }
}
