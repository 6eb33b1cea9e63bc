import ColumnarCore

/// An opened file of text: mapped, compressed (told by its first bytes, not by its name), or what
/// comes from standard input.
///
/// A mapped file can be read in any place by any thread; the others are read from their beginning,
/// unpacked while they are parsed, in bounded memory.
package final class TextFile: Sendable {
  /// Where the bytes are.
  private enum Content: Sendable {
    case mapped(LineCounter)
    case packed
    case stream(StandardInput)
  }

  package let path: String
  /// All bytes of a mapped or compressed file; none of standard input.
  let bytes: Buffer
  private let compression: PackedFormat?
  private let content: Content

  /// Opens the file at `path`, where `-` is standard input; it may be a pipe.
  package convenience init(_ path: String) throws {
    try self.init(path, input: StandardInput.stream(at: path))
  }

  /// Opens the file, or what comes from `input`.
  init(_ path: String, input: StandardInput?) throws {
    self.path = input?.name ?? path
    if let input, !input.isRegularFile {
      bytes = .empty
      compression = PackedFormat(beginning: try input.peek(4))
      content = .stream(input)
      return
    }
    bytes = try MappedFile.open(input == nil ? path : "/dev/stdin")
    compression = PackedFormat(beginning: bytes.withBytes { Array($0.prefix(4)) })
    content = compression == nil ? .mapped(LineCounter(bytes)) : .packed
  }

  /// Whether the text lies in memory, so that it can be read from any place.
  var isMapped: Bool {
    if case .mapped = content { true } else { false }
  }

  /// A window on the text for learning what is in it; it leaves standard input whole.
  func openingWindow() throws -> TextWindow {
    guard case .stream(let input) = content else { return try window() }
    return try TextWindow(unpacked(input.opening()))
  }

  /// A window on the text, at its beginning.
  func window() throws -> TextWindow {
    switch content {
    case .mapped(let counter): TextWindow(mapped: bytes, counter: counter)
    case .packed: try TextWindow(unpacked(PackedInput(mapped: bytes, path: path)))
    case .stream(let input): try TextWindow(unpacked(input.take()))
    }
  }

  /// A window on the text, and the place in it of what stands at `position` of the whole text.
  func window(at position: Int) throws -> (TextWindow, Int) {
    let window = try window()
    var start = position
    // It lies in the first piece as a rule; long skipped lines may take more.
    while window.count <= start, !window.isEnd {
      start -= window.count
      _ = window.advance(to: window.count)
      try window.extend()
    }
    return (window, start)
  }

  private func unpacked(_ source: any ByteSource) throws -> any ByteSource {
    compression == nil ? source : try unpacked(PackedInput(source, path: path))
  }

  private func unpacked(_ input: PackedInput) throws -> any ByteSource {
    switch compression {
    case .gzip?: try GzipInflater(input)
    case .zstd?: try ZstdInflater(input)
    case nil:
      throw ColumnarError(.internal, "\"\(path)\" is not compressed.", context: [.file(path)])
    }
  }
}

/// The compressed formats that a text may come in.
enum PackedFormat: Sendable {
  case gzip, zstd

  /// The format that a file begins like; nil for a plain one.
  init?(beginning bytes: [UInt8]) {
    guard bytes.count >= 2 else { return nil }
    if bytes[0] == 0x1F, bytes[1] == 0x8B {
      self = .gzip
    } else if bytes == [0x28, 0xB5, 0x2F, 0xFD]
      || (bytes.count == 4 && bytes[0] & 0xF0 == 0x50 && bytes[1...] == [0x2A, 0x4D, 0x18])
    {
      // A frame of data, or one to be skipped.
      self = .zstd
    } else {
      return nil
    }
  }
}
