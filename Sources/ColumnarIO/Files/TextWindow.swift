import CColumnarSystem
import ColumnarCore
import Glibc

/// The stretch of a file's text that is in memory: all of a mapped file, a sliding part of an
/// unpacked one.
///
/// At least 64 bytes behind the text may be read. Positions count from the first byte of the
/// window.
final class TextWindow {
  /// The first byte; changes with `advance` and `extend`.
  private(set) var base: UnsafeRawPointer
  /// The bytes of text.
  private(set) var count: Int
  /// Whether nothing comes behind them.
  private(set) var isEnd: Bool
  /// The place of the first byte in the (unpacked) file.
  private(set) var fileOffset = 0
  /// The line feeds before the window.
  private var linesBefore = 0
  private let counter: LineCounter?
  /// Keeps a mapped file's memory.
  private let mapped: Buffer
  private let source: (any ByteSource)?
  private var memory = MutableBuffer(capacity: 0)

  /// A mapped file.
  init(mapped: Buffer, counter: LineCounter) {
    self.mapped = mapped
    self.counter = counter
    source = nil
    base = mapped.start
    count = mapped.count
    isEnd = true
  }

  /// Text that comes piece by piece; the window starts with the first piece of it.
  init(_ source: any ByteSource) throws {
    mapped = .empty
    counter = nil
    self.source = source
    memory = MutableBuffer(capacity: Self.piece)
    base = UnsafeRawPointer(memory.start)
    count = 0
    isEnd = false
    try extend()
  }

  /// How much is read or unpacked at a time.
  private static let piece = 1 << 20

  /// Lets go of the text before `position`, as far as it is not mapped, and returns the position's
  /// new place.
  func advance(to position: Int) -> Int {
    guard source != nil, position > 0 else { return position }
    linesBefore += Self.lines(base, position)
    memmove(memory.start, memory.start + position, count - position)
    count -= position
    fileOffset += position
    return 0
  }

  /// Reads one more piece behind the window, of any length.
  ///
  /// At the end of the file it does nothing.
  func extend() throws {
    guard let source, !isEnd else { return }
    memory.count = count
    memory.reserve(Self.piece)
    base = UnsafeRawPointer(memory.start)
    let added = try source.read(into: memory.start + count, room: Self.piece)
    count += added
    isEnd = added == 0
  }

  /// The number of the line (from one) that a position is in.
  ///
  func line(of position: Int) -> Int {
    if let counter { return counter.lines(before: position) + 1 }
    return linesBefore + Self.lines(base, position) + 1
  }

  /// The line feeds among the first `length` bytes.
  static func lines(_ start: UnsafeRawPointer, _ length: Int) -> Int {
    columnar_count_byte(start.assumingMemoryBound(to: UInt8.self), length, 0x0A)
  }
}
