import CColumnarSystem
import ColumnarCore
import Glibc

/// What a program and its worker say to each other over a lane; the data itself is in shared
/// memory.
enum WorkerMessage {
  // From the program.
  /// Which function to serve, and what both sides must agree on.
  case serve(WorkerAssignment)
  /// A batch of `count` bytes stands in the arguments of a slot.
  /// `watchesRows` if the row that it is at is to be told.
  case call(slot: Int, byteCount: Int, watchesRows: Bool)
  /// Nothing more will come: finish the states and end.
  case end

  // From the worker.
  /// The function was found, and is what the program takes it for.
  case ready
  /// The worker can't serve that.
  case refused(ColumnarError)
  /// `main` did something without having called `Worker.serveIfAsked`.
  case forgot(String)
  /// The states were made, which took so many nanoseconds.
  case statesMade(nanoseconds: Int)
  /// What listeners are to hear of the call that runs.
  case events([WorkerEvent])
  /// The result of `count` bytes stands in a slot; `retained` if the function kept the arguments.
  case result(slot: Int, byteCount: Int, retained: Bool, RowReport)
  /// The call failed.
  case failed(slot: Int, retained: Bool, ColumnarError)

  private var kind: UInt32 {
    switch self {
    case .serve: 1
    case .call: 2
    case .end: 3
    case .ready: 4
    case .refused: 5
    case .forgot: 6
    case .statesMade: 7
    case .result: 8
    case .failed: 9
    case .events: 10
    }
  }

  /// The longest message, so that a damaged length is noticed.
  private static let longest = 1 << 28

  // MARK: Sending

  /// Sends the message; false if nobody is there to read it.
  func send(to socket: Int32) -> Bool {
    var writer = WireWriter()
    write(to: &writer)
    let head = [UInt32(writer.bytes.count), kind]
    return head.withUnsafeBytes { head in
      writer.bytes.withUnsafeBytes { body in
        guard let start = head.baseAddress else { return false }
        return columnar_send(socket, start, head.count, body.baseAddress, body.count) == 0
      }
    }
  }

  private func write(to writer: inout WireWriter) {
    switch self {
    case .serve(let assignment): assignment.write(to: &writer)
    case .call(let slot, let byteCount, let watchesRows):
      writer.write(slot)
      writer.write(byteCount)
      writer.write(watchesRows)
    case .end, .ready: break
    case .refused(let error): writer.write(error)
    case .forgot(let text): writer.write(text)
    case .statesMade(let nanoseconds): writer.write(nanoseconds)
    case .events(let events):
      writer.write(events.count)
      for event in events { event.write(to: &writer) }
    case .result(let slot, let byteCount, let retained, let report):
      writer.write(slot)
      writer.write(byteCount)
      writer.write(retained)
      report.write(to: &writer)
    case .failed(let slot, let retained, let error):
      writer.write(slot)
      writer.write(retained)
      writer.write(error)
    }
  }

  // MARK: Receiving

  /// The next message; nil when the other side is gone.
  static func receive(from socket: Int32) throws -> WorkerMessage? {
    var head: (UInt32, UInt32) = (0, 0)
    guard columnar_receive(socket, &head, 8) == 1 else { return nil }
    guard head.0 <= longest else { throw WireReader.broken }
    // One byte at least, so that there is an address.
    var body = [UInt8](repeating: 0, count: max(1, Int(head.0)))
    let got = body.withUnsafeMutableBytes { bytes in
      bytes.baseAddress.map { columnar_receive(socket, $0, Int(head.0)) } ?? 0
    }
    guard got == 1 else { return nil }
    return try body.withUnsafeBytes { bytes in
      var reader = WireReader(UnsafeRawBufferPointer(rebasing: bytes[..<Int(head.0)]))
      return try read(head.1, &reader)
    }
  }

  private static func read(_ kind: UInt32, _ reader: inout WireReader) throws -> WorkerMessage {
    switch kind {
    case 1: return .serve(try WorkerAssignment(&reader))
    case 2:
      let slot = try reader.int()
      let byteCount = try reader.int()
      return .call(slot: slot, byteCount: byteCount, watchesRows: try reader.bool())
    case 3: return .end
    case 4: return .ready
    case 5: return .refused(try reader.error())
    case 6: return .forgot(try reader.string())
    case 7: return .statesMade(nanoseconds: try reader.int())
    case 8:
      let slot = try reader.int()
      let byteCount = try reader.int()
      let retained = try reader.bool()
      return .result(
        slot: slot, byteCount: byteCount, retained: retained, try RowReport(&reader))
    case 9:
      let slot = try reader.int()
      let retained = try reader.bool()
      return .failed(slot: slot, retained: retained, try reader.error())
    case 10: return .events(try (0..<reader.length()).map { _ in try WorkerEvent(&reader) })
    default: throw WireReader.broken
    }
  }
}
