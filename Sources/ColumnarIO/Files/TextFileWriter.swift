import ColumnarCore

/// Writes text to a file that appears under its name only when it is whole, or to standard output
/// if the path is `-`; packed where that is asked for.
///
/// Used by one thread at a time.
package final class TextFileWriter {
  private let file: OutputFile
  private let packer: (any BytePacker)?

  /// Starts the file.
  package init(path: String, compression: TextCompression) throws {
    packer = try compression.packer(path: path)
    file = try OutputFile(path)
  }

  /// Appends bytes.
  ///
  /// After an error the file is given up and nothing of it is left.
  package func write(_ bytes: UnsafeRawBufferPointer) throws {
    try giveUpOnError { try put(bytes, isLast: false) }
  }

  /// Writes what is left and makes the file appear.
  package func finish() throws {
    try giveUpOnError { try put(UnsafeRawBufferPointer(start: nil, count: 0), isLast: true) }
    try file.commit()
  }

  /// Gives the file up; nothing of it is left, but what standard output has taken.
  package func discard() { file.discard() }

  /// Runs `body`, which makes text for this file; an error from it is the end of the file.
  package func giveUpOnError<R>(_ body: () throws -> R) throws -> R {
    try file.checkOpen()
    do { return try body() } catch {
      file.discard()
      throw error
    }
  }

  private func put(_ bytes: UnsafeRawBufferPointer, isLast: Bool) throws {
    guard let packer else { return try file.write(bytes) }
    try packer.pack(bytes, isLast: isLast) { try file.write($0) }
  }
}
