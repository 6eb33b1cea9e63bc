import Foundation

/// One call of a peer: which engine, which case of the peers' script, on how many threads.
public struct PeerCall {
  let engine: String
  let name: String
  let threads: Int
  let expected: Double

  /// A call.
  ///
  /// - Parameter expected: the number that the script must give to show that its result is right.
  public init(_ engine: String, _ name: String, threads: Int, expected: Double) {
    self.engine = engine
    self.name = name
    self.threads = threads
    self.expected = expected
  }
}

/// Processes of the peers' script, one per number of threads, which is fixed when a peer starts.
///
/// A line `ENGINE CASE` in, a line `MILLISECONDS CHECK` out; or `error TEXT`.
final class PeerPool {
  private let python: String
  private let script: String
  private var processes: [Int: PeerProcess] = [:]

  init(python: String, script: String) {
    self.python = python
    self.script = script
  }

  func time(_ call: PeerCall) throws -> Double {
    let process = try processes[call.threads] ?? PeerProcess([python, script, "\(call.threads)"])
    processes[call.threads] = process
    let answer = try process.ask("\(call.engine) \(call.name)")
    let parts = answer.split(separator: " ")
    guard parts.count == 2, let time = Double(parts[0]), let check = Double(parts[1]) else {
      throw CheckFailure("\(call.engine) \(call.name) answered: \(answer)")
    }
    guard abs(check - call.expected) <= 1e-9 * max(1, abs(call.expected)) else {
      throw CheckFailure("\(call.engine) \(call.name) gave \(check), not \(call.expected)")
    }
    return time
  }
}

private final class PeerProcess {
  private let process = Process()
  private let input = Pipe()
  private let output = Pipe()
  private var pending = Data()

  init(_ command: [String]) throws {
    process.executableURL = URL(fileURLWithPath: command[0])
    process.arguments = Array(command.dropFirst())
    process.standardInput = input
    process.standardOutput = output
    try process.run()
  }

  deinit {
    try? input.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  func ask(_ line: String) throws -> String {
    try input.fileHandleForWriting.write(contentsOf: Data("\(line)\n".utf8))
    while true {
      if let end = pending.firstIndex(of: UInt8(ascii: "\n")) {
        defer { pending.removeSubrange(...end) }
        return String(decoding: pending[..<end], as: UTF8.self)
      }
      let more = output.fileHandleForReading.availableData
      guard !more.isEmpty else { throw CheckFailure("the peers' process ended") }
      pending.append(more)
    }
  }
}
