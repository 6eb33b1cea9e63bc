import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

/// What reading JSON Lines gave: the schema, each row as the JSON that we write, and the rejects.
struct JSONResult: Equatable {
  var schema: Schema
  var lines: [String]
  var rejects: [[String?]]
  /// Rejects as `line column: reason`.
  var reasons: [String] {
    (0..<(rejects.first?.count ?? 0)).map { k in
      "\(rejects[0][k] ?? "") \(rejects[1][k] ?? "-"): \(rejects[3][k] ?? "")"
    }
  }
}

func jsonOptions(_ change: (inout JSONLinesReadOptions) -> Void) -> JSONLinesReadOptions {
  var options = JSONLinesReadOptions()
  change(&options)
  return options
}

/// Batches as the text that our writer makes of them.
func jsonText(
  _ batches: [Batch], _ schema: Schema, nonFinite: JSONLinesWriteOptions.NonFinite = .text
) throws -> String {
  var options = JSONLinesWriteOptions()
  options.nonFinite = nonFinite
  let formatter = try JSONFormatter(schema, options, path: "x")
  var text = MutableBuffer(capacity: 0)
  for batch in batches { try formatter.append(batch, to: &text) }
  return text.freeze().withBytes { String(decoding: $0, as: UTF8.self) }
}

func readBatches(
  _ source: any FileSource, target: Int = 1 << 30, request: ReadRequest? = nil
) throws -> [Batch] {
  let request = request ?? ReadRequest(columns: Array(0..<source.schema.count))
  var batches: [Batch] = []
  for split in try source.splits(targetBytes: target) {
    try source.read(split, request) { batch in
      batches.append(batch)
      return true
    }
  }
  return batches
}

func readJSON(
  path: String, _ options: JSONLinesReadOptions = JSONLinesReadOptions(), target: Int = 1 << 30,
  request: ReadRequest? = nil
) throws -> JSONResult {
  let source = try JSONLinesSource(path: path, options: options)
  let batches = try readBatches(source, target: target, request: request)
  let schema = Schema(
    unchecked: (request?.columns ?? Array(0..<source.schema.count)).map { source.schema[$0] })
  let lines = try jsonText(batches, schema).split(separator: "\n").map(String.init)
  return JSONResult(
    schema: source.schema, lines: lines,
    rejects: source.rejects.batch().columns.dropFirst().map(cells))
}

func readJSON(
  _ text: String, _ options: JSONLinesReadOptions = JSONLinesReadOptions(), target: Int = 1 << 30,
  request: ReadRequest? = nil
) throws -> JSONResult {
  let folder = TemporaryFolder()
  return try readJSON(path: folder.file("x.jsonl", text), options, target: target, request: request)
}

/// The message of the error that reading gives, with the folder taken out of the path.
func messageOfJSON(
  _ bytes: [UInt8], _ options: JSONLinesReadOptions = JSONLinesReadOptions()
) -> String {
  let folder = TemporaryFolder()
  do {
    let result = try readJSON(path: folder.file("x.jsonl", bytes), options)
    return "no error: \(result.lines)"
  } catch let error as ColumnarError {
    return error.message.replacing(folder.path + "/", with: "")
  } catch {
    return "\(error)"
  }
}

func messageOfJSON(
  _ text: String, _ options: JSONLinesReadOptions = JSONLinesReadOptions()
) -> String {
  messageOfJSON(Array(text.utf8), options)
}
