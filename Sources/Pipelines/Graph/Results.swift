import Columnar
import ColumnarCore

/// What a mapped pipeline gives back: a column per output, typed by the node that made it.
public struct Results: Sendable {
  /// The number of items.
  public let count: Int
  package let pipeline: String
  package let outputs: [(name: String, column: Column)]
  package let failedRows: Batch?
  package var cacheReport: CacheReport?

  /// The names of the outputs, in order.
  public var names: [String] { outputs.map(\.name) }

  /// The values of a node, one per item.
  ///
  /// An error if the node is no output of the pipeline, or if a value is missing: a null for a
  /// parameter that is not optional gives one. Read those with `results["name", as: Value?.self]`.
  public subscript<Value>(node: Node<Value>) -> ColumnView<Value> {
    get throws { try self[node.name, as: Value.self] }
  }

  /// The values of an output by name.
  public subscript<Value>(name: String, as type: Value.Type = Value.self) -> ColumnView<Value> {
    get throws {
      let column = try column(name)
      do { return try ColumnView(column) } catch let error as ColumnarError {
        throw error.at(.node(name))
      }
    }
  }

  /// The outputs as a frame.
  public var frame: DataFrame {
    get throws { try DataFrame(columns: outputs.map { ($0.name, $0.column) }) }
  }

  /// The items as values of a `Decodable` type: the outputs are its keys.
  ///
  /// Decoding is as in `DataFrame.rows(as:)`; a value that no column type stands for goes to a key of
  /// its own type.
  public func rows<Row: Decodable>(as type: Row.Type = Row.self) throws -> [Row] {
    try frame.rows()
  }

  /// The items that failed under `onError: .collect`: `function` (the node), `row` (the item),
  /// `inputs` and `error`.
  public var failures: DataFrame {
    DataFrame(schema: Schema(unchecked: []), partitions: [], failedRows: failedRows).failures
  }

  /// The column of an output.
  package func column(_ name: String) throws -> Column {
    if let output = outputs.first(where: { $0.name == name }) { return output.column }
    let hint = Suggestion.hint(for: name, among: names, what: "outputs")
    throw ColumnarError(
      .columnNotFound,
      "\"\(name)\" is no output of the pipeline \"\(pipeline)\". \(hint) Nodes that others only use on "
        + "the way are no outputs: list them where the pipeline is made.")
  }
}

extension Results: CustomStringConvertible {
  /// The outputs as a table, as of `frame`.
  public var description: String {
    (try? frame).map { "\($0)" } ?? "\(count) items of \(names.joined(separator: ", "))"
  }
}

/// What a pipeline gives back for one item.
public struct RunResult: Sendable {
  package let results: Results

  /// The value of a node; the errors are those of `Results`.
  public subscript<Value>(node: Node<Value>) -> Value {
    get throws { try self[node.name, as: Value.self] }
  }

  /// The value of an output by name.
  public subscript<Value>(name: String, as type: Value.Type = Value.self) -> Value {
    get throws { try results[name, as: Value.self][0] }
  }

  /// The outputs as a value of a `Decodable` type: they are its keys.
  public func row<Row: Decodable>(as type: Row.Type = Row.self) throws -> Row {
    guard let row = try results.rows(as: Row.self).first else {
      throw ColumnarError(.internal, "A run of one item gave no row.")
    }
    return row
  }

  /// The names of the outputs, in order.
  public var names: [String] { results.names }

  /// What failed under `onError: .collect`, as in `Results`: at most a row for each node.
  public var failures: DataFrame { results.failures }

  /// The outputs as a frame of one row.
  public var frame: DataFrame {
    get throws { try results.frame }
  }
}

extension RunResult: CustomStringConvertible {
  /// A line for each output: its name and its value.
  public var description: String {
    results.outputs.map { "\($0.name): \($0.column.quotedText(at: 0))" }.joined(separator: "\n")
  }
}
