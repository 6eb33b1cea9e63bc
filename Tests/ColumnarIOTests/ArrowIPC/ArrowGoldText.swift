import ColumnarCore
import ColumnarTesting
import Foundation

@testable import ColumnarIO

/// The values that a gold file should hold, from the JSON beside it.
struct ArrowGoldText {
  typealias Object = [String: Any]

  struct Malformed: Error {}

  let names: [String]
  private let fields: [Object]
  private let batches: [Object]
  private var dictionaries: [Int: [Value]] = [:]

  init(path: String) throws {
    let inflater = try GzipInflater(try MappedFile.open(path), path: path)
    var text = Data()
    let piece = MutableBuffer(count: 1 << 16)
    while true {
      let count = try inflater.read(into: piece.start, room: 1 << 16)
      if count == 0 { break }
      text.append(Data(bytes: piece.start, count: count))
    }
    guard let whole = try JSONSerialization.jsonObject(with: text) as? Object,
      let schema = whole["schema"] as? Object, let fields = schema["fields"] as? [Object]
    else { throw Malformed() }
    self.fields = fields
    batches = whole["batches"] as? [Object] ?? []
    names = fields.map { $0["name"] as? String ?? "" }
    for dictionary in whole["dictionaries"] as? [Object] ?? [] {
      guard let id = dictionary["id"] as? Int, let data = dictionary["data"] as? Object,
        let columns = data["columns"] as? [Object],
        let field = fields.first(where: { ($0["dictionary"] as? Object)?["id"] as? Int == id })
      else { throw Malformed() }
      var plain = field
      plain["dictionary"] = nil
      dictionaries[id] = try values(columns[0], plain)
    }
  }

  var batchCount: Int { batches.count }

  /// The rows of each column of a batch.
  func columns(_ batch: Int) throws -> [[Value]] {
    guard let columns = batches[batch]["columns"] as? [Object] else { throw Malformed() }
    return try zip(columns, fields).map { try values($0, $1) }
  }

  private func values(_ column: Object, _ field: Object) throws -> [Value] {
    guard let count = column["count"] as? Int, let type = field["type"] as? Object,
      let name = type["name"] as? String
    else { throw Malformed() }
    if name == "null" { return [Value](repeating: .null, count: count) }
    let validity = column["VALIDITY"] as? [Int] ?? [Int](repeating: 1, count: count)
    let children = try zip(
      column["children"] as? [Object] ?? [], field["children"] as? [Object] ?? []
    ).map { try values($0, $1) }
    let data = column["DATA"] as? [Any] ?? []
    let offsets = (column["OFFSET"] as? [Any] ?? []).map { Int(integer($0)) }
    let codes = (field["dictionary"] as? Object)?["id"] as? Int
    return try (0..<count).map { row in
      if validity[row] == 0 { return .null }
      if let codes { return dictionaries[codes]?[Int(integer(data[row]))] ?? .null }
      switch name {
      case "list", "largelist", "map":
        return .list(Array(children[0][offsets[row]..<offsets[row + 1]]))
      case "fixedsizelist":
        let size = type["listSize"] as? Int ?? 0
        return .list(Array(children[0][(row * size)..<(row * size + size)]))
      case "struct": return .structure(children.map { $0[row] })
      default: return try flat(data[row], name, type)
      }
    }
  }

  private func integer(_ json: Any) -> Int64 {
    (json as? String).flatMap { Int64($0) } ?? (json as? NSNumber)?.int64Value ?? 0
  }

  private func flat(_ json: Any, _ name: String, _ type: Object) throws -> Value {
    switch name {
    case "bool": return .bool((json as? NSNumber)?.boolValue ?? false)
    case "int" where type["isSigned"] as? Bool == false:
      return .uint((json as? String).flatMap { UInt64($0) } ?? UInt64(integer(json)))
    case "int", "time", "timestamp", "duration": return .int(integer(json))
    case "date":
      return .int(
        type["unit"] as? String == "MILLISECOND"
          ? Int64((Double(integer(json)) / 86_400_000).rounded(.down)) : integer(json))
    case "floatingpoint":
      let number = (json as? NSNumber)?.doubleValue ?? 0
      return .double(type["precision"] as? String == "DOUBLE" ? number : Double(Float(number)))
    case "decimal":
      return .decimal(
        Decimal128(
          unscaled: Int128(json as? String ?? "") ?? 0, scale: type["scale"] as? Int ?? 0))
    case "utf8", "largeutf8": return .string(json as? String ?? "")
    case "binary", "largebinary", "fixedsizebinary":
      let digits = Array((json as? String ?? "").utf8).map {
        UInt8($0 > 57 ? ($0 | 32) - 87 : $0 - 48)
      }
      return .bytes(
        stride(from: 0, to: digits.count, by: 2).map { digits[$0] << 4 | digits[$0 + 1] })
    default: throw Malformed()
    }
  }
}
