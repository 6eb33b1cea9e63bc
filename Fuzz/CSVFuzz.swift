import ColumnarCore
import ColumnarIO

/// Reads text as CSV in several dialects, in one go and cut into splits, which must be the same.
enum CSVFuzz {
  static func read(_ bytes: UnsafeRawBufferPointer) throws {
    FuzzFile.write(bytes)
    var failure: (any Error)?
    for options in dialects {
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
