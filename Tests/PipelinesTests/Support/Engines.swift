import Columnar
import ColumnarCore
import Pipelines
import Testing

/// The engines that must agree with the sequential one: threads, batch sizes, options, optimizer on
/// and off.
let otherEngines: [(name: String, engine: any Engine)] = [
  ("columnar", .columnar),
  ("one thread", .columnar(threads: 1)),
  ("batches of 1", ColumnarEngine(threads: 2, batchRows: 1)),
  ("batches of 3", ColumnarEngine(threads: 2, batchRows: 3)),
  ("batches of 7, optimizer off", ColumnarEngine(threads: 1, batchRows: 7, disabledRules: ["all"])),
  ("batch size 5", .columnar(threads: 2, defaults: .init(batchSize: 5))),
  ("4 in flight", .columnar(threads: 2, defaults: .init(batchSize: 3, maxConcurrency: 4))),
]

/// The rows of a frame as text, column by column, with their types.
func cells(_ frame: DataFrame) throws -> [String] {
  try frame.schema.names.map { name in
    let column = try frame.column(name)
    return "\(name) \(column.type): "
      + (0..<column.count).map { column.text(at: $0) }.joined(separator: "|")
  }
}

/// The error a body throws, as text; "no error" if it throws none.
func message(_ body: () throws -> Void) -> String {
  do {
    try body()
    return "no error"
  } catch {
    return "\(error)"
  }
}

/// Runs a pipeline on the sequential engine and checks that all others give the same; returns the
/// common result.
@discardableResult
func agreed(
  _ pipeline: Pipeline, _ bindings: Binding..., mode: Pipeline.Mode = .zip,
  sourceLocation: SourceLocation = #_sourceLocation
) throws -> [String] {
  func result(_ engine: any Engine) -> [String] {
    do {
      return try cells(pipeline.on(engine).map(bindings, mode: mode, isByName: false).frame)
    } catch {
      return ["\(error)"]
    }
  }
  let expected = result(.sequential)
  for (name, engine) in otherEngines {
    #expect(result(engine) == expected, "on \(name)", sourceLocation: sourceLocation)
  }
  return expected
}

/// The reference and two shapes of the columnar engine, for tests that look at a result on each.
let eachEngine: [any Engine] = [
  .sequential, .columnar(threads: 2), ColumnarEngine(threads: 2, batchRows: 3),
]

/// The error that a body throws on every engine, which must be the same; "no error" if none.
func agreedMessage(
  _ pipeline: Pipeline, sourceLocation: SourceLocation = #_sourceLocation,
  _ body: (Pipeline) throws -> Void
) -> String {
  let messages = eachEngine.map { engine in message { try body(pipeline.on(engine)) } }
  for other in messages { #expect(other == messages[0], sourceLocation: sourceLocation) }
  return messages[0]
}
