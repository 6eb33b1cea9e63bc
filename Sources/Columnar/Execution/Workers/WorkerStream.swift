import ColumnarCore
import ColumnarIO
import Glibc

/// A worker for another engine: batches of an Arrow stream on stdin, one batch of results for each
/// on stdout.
///
/// `program --columnar-worker embed/length` serves the node `length` of the pipeline `embed`,
/// `program --columnar-worker norm` the registered function `norm`. Columns go to parameters by the
/// names of a node's inputs where all are there, else by their order. Other arguments of the
/// program may stand before it. What the program prints goes to stderr, and so do rows that fail
/// under `onError: .collect`.
enum WorkerStream {
  /// The argument that asks for it.
  static let argument = "--columnar-worker"

  /// What this process was asked to serve on its stdin and stdout; empty if that was left out.
  static var asked: String? {
    let arguments = CommandLine.arguments
    guard let position = arguments.dropFirst().firstIndex(of: argument) else { return nil }
    return position + 1 < arguments.count ? arguments[position + 1] : ""
  }

  /// Serves until the stream ends; the process's status says whether all went well.
  static func serve(_ find: () throws -> UserFunction) -> Never {
    // Before anything can print.
    let output = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
    // Who reads may go at any time: that is an error, and the states are finished.
    signal(SIGPIPE, SIG_IGN)
    var failed = false
    do { try serve(try find(), output) } catch {
      StandardError.write("error: \(error)" + "\n")
      failed = true
    }
    fflush(nil)
    _exit(failed ? 1 : 0)
  }

  private static func serve(_ function: UserFunction, _ output: Int32) throws {
    let reader = try ArrowStreamReader(descriptor: STDIN_FILENO, name: "stdin")
    let positions = try positions(of: function, in: reader.schema)
    let schema = Schema(unchecked: [Field(function.name, function.resultType)])
    let writer = try ArrowWriter(
      descriptor: output, name: "stdout", schema: schema,
      options: ArrowWriteOptions(format: .stream, layout: .offsets))
    let context = EvaluationContext(cancellation: Cancellation(outer: nil))
    defer { context.states.finish() }
    var before = 0
    while let batch = try reader.next(columns: positions) {
      let columns = try zip(batch.columns, function.dataParameters).map { column, parameter in
        try column.fitted(to: parameter.type)
      }
      let result = try call(context, function, columns, count: batch.count, before: before)
      before += batch.count
      let encoded = try writer.encoder.plan(
        Batch(unchecked: schema, columns: [result], count: batch.count))
      try writer.write(encoded, encoded.message())
    }
    try context.checkErrorBudgets()
    try writer.finish()
  }

  /// The results of a batch; errors and failed rows have their numbers in the stream.
  private static func call(
    _ context: EvaluationContext, _ function: UserFunction, _ columns: [Column], count: Int,
    before: Int
  ) throws -> Column {
    let scope = FailedRows.Scope()
    defer {
      for entry in scope.entries {
        let row = entry.row.map { " at row \($0 + before)" } ?? ""
        StandardError.write(
          "failed\(row): \(entry.function)\(entry.inputs): \(entry.error)\n")
      }
    }
    do {
      return try FailedRows.noting(in: scope) { try context.call(function, columns, count: count) }
    } catch let error as ColumnarError {
      throw error.shiftingRow(by: before)
    }
  }

  private static func positions(of function: UserFunction, in schema: Schema) throws -> [Int] {
    let parameters = function.parameters.indices.filter { function.parameters[$0].state == nil }
    let names = function.origin.map { origin in parameters.map { origin.inputs[$0] } } ?? []
    let named = names.compactMap { name in schema.fields.firstIndex { $0.name == name } }
    let positions =
      !names.isEmpty && named.count == names.count
      ? named : Array(0..<min(parameters.count, schema.count))
    guard positions.count == parameters.count else {
      throw ColumnarError(
        .invalidPlan,
        "\"\(function.name)\" takes \(parameters.count) columns, but the stream on stdin has "
          + "\(schema.count).", context: [.node(function.name)])
    }
    for (k, position) in zip(parameters, positions) {
      let (wanted, given) = (function.parameters[k].type, schema[position].type)
      guard
        given.kind.matches(wanted.kind) || given == .null
          || (given.isNumeric && wanted.isNumeric && DataType.common(given, wanted) == wanted)
      else {
        throw ColumnarError(
          .typeMismatch,
          "Parameter \(k + 1) of \"\(function.name)\" is \(wanted), but column "
            + "\"\(schema[position].name)\" of the stream on stdin is \(given).",
          context: [.node(function.name)])
      }
    }
    return positions
  }
}

extension Column {
  /// The column as a parameter of a type takes it.
  fileprivate func fitted(to type: DataType) throws -> Column {
    if self.type == .null { return .nulls(of: type, count: count) }
    return self.type.kind.matches(type.kind) ? self : try cast(to: type, strict: true)
  }
}
