import ColumnarCore

/// The names of the folders of a partitioned data set, as Hive has them: `key=value`.
enum HivePath {
  /// What stands for null.
  static let null = "__HIVE_DEFAULT_PARTITION__"

  /// The folder of rows with those key values; nil is null.
  static func folder(_ keys: [(name: String, value: String?)]) -> String {
    keys.map { "\(escaped($0.name))=\($0.value.map(escaped) ?? null)" }.joined(separator: "/")
  }

  /// Text with all characters but letters, digits and `-_.~` as `%` and two digits, as in addresses.
  static func escaped(_ text: String) -> String {
    var result: [UInt8] = []
    let digits = Array("0123456789ABCDEF".utf8)
    for byte in text.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: result.append(byte)
      default: result += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
