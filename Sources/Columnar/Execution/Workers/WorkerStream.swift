import ColumnarCore
import ColumnarIO
import Glibc

/// A worker for another engine: batches of an Arrow stream on stdin, one batch of results for each on stdout.
///
/// `program --columnar-worker embed/length` serves the node `length` of the pipeline `embed`,
/// `program --columnar-worker norm` the registered function `norm`. Columns go to parameters by the
/// names of a node's inputs where all are there, else by their order. What the program prints goes
/// to stderr.
enum WorkerStream {
  /// The argument that asks for it.
  static let argument = "--columnar-worker"

  /// What this process was asked to serve on its stdin and stdout.
  static var asked: String? {
    let arguments = CommandLine.arguments
    return arguments.count == 3 && arguments[1] == argument ? arguments[2] : nil
  }

  /// Serves until the stream ends; the process's status says whether all went well.
  static func serve(_ find: () throws -> UserFunction) -> Never {
    // Before anything can print.
    let output = dup(STDOUT_FILENO)
    dup2(STDERR_FILENO, STDOUT_FILENO)
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
    while let batch = try reader.next(columns: positions) {
      let columns = try zip(batch.columns, function.dataParameters).map { column, parameter in
        column.type.kind.matches(parameter.type.kind)
          ? column : try column.cast(to: parameter.type, strict: true)
      }
      let result = try context.call(function, columns, count: batch.count)
      let encoded = try writer.encoder.plan(
        Batch(unchecked: schema, columns: [result], count: batch.count))
      try writer.write(encoded, encoded.message())
    }
    try writer.finish()
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
        given.kind.matches(wanted.kind)
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
