import ColumnarCore
import ColumnarIO
import MiniParquet

/// Reads an input as the page of a Parquet file that says nothing wrong but of this page, so that
/// decoders are met without metadata in their way.
///
/// The first eight bytes say what the page is; the next so many are a dictionary.
enum PageFuzz {
  static func read(_ bytes: UnsafeRawBufferPointer) throws {
    guard bytes.count > 8 else { return }
    let (head, rest) = (Array(bytes[..<8]), bytes[8...])
    var file = MiniParquet()
    file.physical = Int(head[0] % 8)
    if file.physical == 7 { file.typeLength = Int(head[0] / 8) }
    if head[7] & 0xC0 == 0x40 { file.decimal = (Int(head[7] & 0x3F), Int(head[0] / 8) % 4) }
    file.encoding = Int(head[1] % 10)
    file.levelEncoding = head[1] >= 200 ? 4 : 3
    file.repetition = Int(head[2] % 3)
    file.codec = head[2] < 128 ? 0 : Int(head[2] % 8)
    file.values = Int(head[3]) | Int(head[4] & 0x0F) << 8
    file.rows = file.repetition == 2 ? Int(head[5]) : file.values
    let dictionary = Int(head[6])
    if dictionary > 0, dictionary < rest.count {
      let width = max(1, Int(head[4] >> 4))
      file.dictionary = (Array(rest.prefix(dictionary)), dictionary / width)
      file.page = Array(rest.dropFirst(dictionary))
    } else {
      file.page = Array(rest)
    }
    if file.codec != 0, head[7] >= 128 { file.unpackedSize = Int(head[7] & 0x7F) << 5 }
    try ParquetFuzz.read(Buffer(copying: file.file))
  }
}
