import ColumnarCore
import Glibc

/// What a worker writes to stdout and stderr: forwarded to the program's stderr line by line under
/// the worker's name, the last lines kept for the message of a crash.
struct WorkerLog {
  private let name: String
  private let descriptor: Int32
  private var partial: [UInt8] = []
  private(set) var lastLines: [String] = []
  /// Whether more may come.
  private(set) var isOpen = true
  private var hasSaidWhy = false
  private static let keptLines = 12
  private static let longestLine = 4096

  /// The log of the worker `name`, read from a pipe that does not block.
  init(name: String, descriptor: Int32) {
    self.name = name
    self.descriptor = descriptor
  }

  /// Forwards what has come.
  mutating func drain() {
    guard isOpen else { return }
    withUnsafeTemporaryAllocation(byteCount: 1 << 16, alignment: 1) { room in
      while true {
        let got = read(descriptor, room.baseAddress, room.count)
        if got < 0, errno == EINTR { continue }
        if got == 0 { isOpen = false }
        guard got > 0 else { return }
        take(UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(room)[..<got]))
      }
    }
    if !isOpen { flush() }
  }

  /// Forwards a line that was not ended.
  mutating func flush() { if !partial.isEmpty { endLine() } }

  private mutating func take(_ bytes: UnsafeRawBufferPointer) {
    var rest = bytes[...]
    while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
      partial.append(contentsOf: rest[..<end])
      endLine()
      rest = rest[(end + 1)...]
    }
    partial.append(contentsOf: rest)
    if partial.count > Self.longestLine { endLine() }
  }

  private mutating func endLine() {
    let line = String(decoding: partial, as: UTF8.self)
    partial.removeAll(keepingCapacity: true)
    keep(line)
    StandardError.write("[columnar worker \(name)] \(line)\n")
  }

  /// Keeps a line for the message of a crash, unless the worker has said already what it died of:
  /// then come registers and stack frames.
  private mutating func keep(_ line: String) {
    guard !hasSaidWhy else { return }
    hasSaidWhy = line.contains("Fatal error: ") || line.contains("Program crashed: ")
    if lastLines.count == Self.keptLines { lastLines.removeFirst() }
    lastLines.append(line)
  }
}
