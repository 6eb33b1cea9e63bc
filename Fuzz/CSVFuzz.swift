import ColumnarCore
import ColumnarIO

/// Reads text as CSV in several dialects, in one go and cut into splits, which must be the same.
enum CSVFuzz {
  static func read(_ bytes: UnsafeRawBufferPointer) throws {
    FuzzFile.write(bytes)
    var failure: (any Error)?
    for options in dialects + [typed(by: bytes.first ?? 0)] {
      do {
        try TextRows.compare(bytes: bytes.count) {
          try CSVSource(path: FuzzFile.path, options: options)
        }
      } catch {
        FuzzTarget.check(error)
        failure = error
      }
    }
    if let failure { throw failure }
  }

  /// The first column as a type that the first byte chooses, one that is not guessed as a rule.
  private static func typed(by byte: UInt8) -> CSVReadOptions {
    let types: [DataType] = [
      .decimal128(20, scale: 3), .float32, .duration(.millisecond), .timestamp(.second), .int8,
      .uint64, .binary, .date, .decimal128(38, scale: 0), .timestamp(.nanosecond, zone: "UTC"),
      .bool, .string, .int16, .uint8,
    ]
    var options = CSVReadOptions()
    options.hasHeader = false
    options.schemaOverrides = ["column_1": types[Int(byte) % types.count]]
    options.raggedRows = .fill
    options.badRows = .collect()
    return options
  }

  private static let dialects: [CSVReadOptions] = {
    var strict = CSVReadOptions()
    strict.inferenceRows = 3
    strict.badRows = .collect()
    var loose = CSVReadOptions()
    loose.delimiter = ";"
    loose.escape = "\\"
    loose.commentPrefix = "#"
    loose.hasHeader = false
    loose.raggedRows = .fillAndCut
    loose.decimalSeparator = ","
    loose.nullValues = ["", "NA"]
    loose.badRows = .collect()
    return [strict, loose, CSVReadOptions()]
  }()
}
