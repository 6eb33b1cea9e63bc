import ColumnarCore
import Glibc
import Testing

@testable import ColumnarIO

/// A folder of its own for one test, removed at the end.
final class TemporaryFolder {
  let path: String

  init() {
    var template = Array("/tmp/columnar-test-XXXXXX".utf8CString)
    path = mkdtemp(&template).map { String(cString: $0) } ?? "/tmp"
  }

  func file(_ name: String, _ bytes: [UInt8]) -> String {
    let path = path + "/" + name
    let file = fopen(path, "w")
    if !bytes.isEmpty { fwrite(bytes, 1, bytes.count, file) }
    fclose(file)
    return path
  }

  func file(_ name: String, _ text: String) -> String { file(name, Array(text.utf8)) }

  var names: [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted()
  }

  deinit {
    for name in names { unlink(path + "/" + name) }
    rmdir(path)
  }
}

/// A repeatable generator.
struct SeededRandom: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// The content of a column as text, nil for nulls.
func cells(_ column: Column) -> [String?] {
  let plain = column.decoded()
  func primitive<T: Primitive>(_ type: T.Type) -> [String?] {
    let view = PrimitiveView<T>(plain)
    return (0..<plain.count).map { row in
      // A NaN's sign and payload have no text.
      plain.isNull(row) ? nil : view[row] == view[row] ? "\(view[row])" : "nan"
    }
  }
  func temporal<T: Primitive>(
    _ type: T.Type, _ write: (T, inout MutableBuffer) -> Void
  ) -> [String?] {
    let view = PrimitiveView<T>(plain)
    return (0..<plain.count).map { row in
      if plain.isNull(row) { return nil }
      var text = MutableBuffer(capacity: 0)
      write(view[row], &text)
      return text.freeze().withBytes { String(decoding: $0, as: UTF8.self) }
    }
  }
  switch plain.type.kind {
  case .bool: return (0..<plain.count).map { plain.isNull($0) ? nil : "\(plain.bits[$0])" }
  case .int8: return primitive(Int8.self)
  case .int16: return primitive(Int16.self)
  case .int32: return primitive(Int32.self)
  case .int64: return primitive(Int64.self)
  case .uint8: return primitive(UInt8.self)
  case .uint16: return primitive(UInt16.self)
  case .uint32: return primitive(UInt32.self)
  case .uint64: return primitive(UInt64.self)
  case .float32: return primitive(Float.self)
  case .float64: return primitive(Double.self)
  case .date: return temporal(Int32.self) { TextFormatting.appendDate($0, to: &$1) }
  case .timestamp(let unit, _):
    return temporal(Int64.self) { TextFormatting.appendTimestamp($0, unit: unit, to: &$1) }
  case .duration(let unit):
    return temporal(Int64.self) { TextFormatting.appendDuration($0, unit: unit, to: &$1) }
  case .string, .binary:
    let view = BytesView(plain)
    return (0..<plain.count).map {
      plain.isNull($0) ? nil : view.withBytes($0) { String(decoding: $0, as: UTF8.self) }
    }
  default: return [String?](repeating: nil, count: plain.count)
  }
}

/// What reading a file gave: columns as text, and the rejects.
struct CSVResult: Equatable {
  var schema: Schema
  var columns: [[String?]]
  var rejects: [[String?]]
  var batches: [Int] = []

  static func == (a: CSVResult, b: CSVResult) -> Bool {
    a.schema == b.schema && a.columns == b.columns && a.rejects == b.rejects
  }

  /// Row by row.
  var rows: [[String?]] {
    (0..<(columns.first?.count ?? 0)).map { row in columns.map { $0[row] } }
  }
}

/// Reads a whole file split by split.
func readCSV(
  _ path: String, _ options: CSVReadOptions = CSVReadOptions(), target: Int = 1 << 30,
  request: ReadRequest? = nil
) throws -> CSVResult {
  let source = try CSVSource(path: path, options: options)
  let request = request ?? ReadRequest(columns: Array(0..<source.schema.count))
  var columns = [[String?]](repeating: [], count: request.columns.count)
  var batches: [Int] = []
  for split in try source.splits(targetBytes: target) {
    try source.read(split, request) { batch in
      for k in columns.indices { columns[k] += cells(batch.columns[k]) }
      batches.append(batch.count)
      return true
    }
  }
  return CSVResult(
    schema: source.schema, columns: columns,
    rejects: source.rejects.batch().columns.dropFirst().map(cells), batches: batches)
}

/// Reads text.
func readCSV(
  text: String, _ options: CSVReadOptions = CSVReadOptions(), target: Int = 1 << 30,
  request: ReadRequest? = nil
) throws -> CSVResult {
  let folder = TemporaryFolder()
  return try readCSV(folder.file("x.csv", text), options, target: target, request: request)
}

/// The message of the error that reading gives, with the folder taken out of the path.
func messageOfReading(_ bytes: [UInt8], _ options: CSVReadOptions = CSVReadOptions()) -> String {
  let folder = TemporaryFolder()
  do {
    let result = try readCSV(folder.file("x.csv", bytes), options)
    return "no error: \(result.columns)"
  } catch let error as ColumnarError {
    return error.message.replacing(folder.path + "/", with: "")
  } catch {
    return "\(error)"
  }
}

func messageOfReading(_ text: String, _ options: CSVReadOptions = CSVReadOptions()) -> String {
  messageOfReading(Array(text.utf8), options)
}

/// Options made in place.
func csvOptions(_ change: (inout CSVReadOptions) -> Void) -> CSVReadOptions {
  var options = CSVReadOptions()
  change(&options)
  return options
}
