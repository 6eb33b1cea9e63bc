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
  private let mapped: Buffer
  private let inflater: GzipInflater?
  private var memory = MutableBuffer(capacity: 0)

  /// A mapped file.
  init(mapped: Buffer, counter: LineCounter) {
    self.mapped = mapped
    self.counter = counter
    inflater = nil
    base = mapped.start
    count = mapped.count
    isEnd = true
  }

  /// A packed file; the window starts with the first piece of it.
  init(packed: Buffer, path: String) throws {
    mapped = packed
    counter = nil
    let inflater = try GzipInflater(packed, path: path)
    self.inflater = inflater
    memory = MutableBuffer(capacity: Self.piece)
    base = UnsafeRawPointer(memory.start)
    count = 0
    isEnd = false
    try extend()
  }

  /// How much is unpacked at a time.
  private static let piece = 1 << 20

  /// Lets go of the text before `position`, as far as it is not mapped, and returns the position's
  /// new place.
  func advance(to position: Int) -> Int {
    guard inflater != nil, position > 0 else { return position }
    linesBefore += Self.lines(base, position)
    memmove(memory.start, memory.start + position, count - position)
    count -= position
    fileOffset += position
    return 0
  }

  /// Unpacks one more piece behind the window.
  ///
  /// At the end of the file it does nothing.
  func extend() throws {
    guard let inflater, !isEnd else { return }
    memory.count = count
    memory.reserve(Self.piece)
    base = UnsafeRawPointer(memory.start)
    count += try inflater.read(into: memory.start + count, room: Self.piece)
    isEnd = inflater.isAtEnd
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
