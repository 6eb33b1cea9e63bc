import ColumnarCore

/// A file that can be read in parts, by several threads at once, in whatever format it is.
///
/// A source knows no plan and no threads: it says into which parts it falls, and reads one part
/// when told to. The rows of all splits, read in the order of their indices, are the rows of the
/// file.
package protocol FileSource: Sendable {
  /// The names and types of all columns of the file.
  var schema: Schema { get }
  /// Where the file is, for messages.
  var path: String { get }

  /// The parts of the file, in order, of about `targetBytes` each; an empty file has none or an
  /// empty one.
  func splits(targetBytes: Int) throws -> [FileSplit]

  /// Reads the rows of a split that `request` asks for, in order, in batches of any number of them.
  ///
  /// `emit` takes each batch (never an empty one) and says whether to go on; reading ends early at
  /// its false.
  func read(
    _ split: FileSplit, _ request: ReadRequest, emit: (Batch) throws -> Bool
  ) throws

  /// The same file read without some fields of structs: columns at these positions have types that
  /// lack them. Nil if leaving fields out would save nothing.
  func narrowed(to types: [Int: DataType]) -> (any FileSource)?
}

extension FileSource {
  package func narrowed(to types: [Int: DataType]) -> (any FileSource)? { nil }
}

/// One part of a file.
package struct FileSplit: Sendable {
  /// The place among the splits of the file, from zero.
  package let index: Int
  /// The bytes of the file that this part begins in.
  package let bytes: Range<Int>
  /// What the source that made the split needs to know about it.
  package let detail: (any Sendable)?

  package init(index: Int, bytes: Range<Int>, detail: (any Sendable)? = nil) {
    self.index = index
    self.bytes = bytes
    self.detail = detail
  }
}
