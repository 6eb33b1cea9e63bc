import Foundation
import Harness

/// Answers `make bench-seed`, which asks us and the Python peers in turns: a line
/// `CASE VARIANT BOUNDARY` in, a line `MILLISECONDS COUNT CHECKSUM` out; or `error TEXT`.
enum SeedServer {
  /// Answers until the input ends.
  static func serve() {
    var ready: [String: Attempt] = [:]
    while let line = readLine() {
      do {
        let attempt = try ready[line] ?? attempt(line)
        ready[line] = attempt
        let outcome = try attempt.run()
        say("\(outcome.milliseconds) \(outcome.digest)")
      } catch {
        say("error \(error)".replacingOccurrences(of: "\n", with: " "))
      }
    }
  }

  private static func say(_ line: String) {
    FileHandle.standardOutput.write(Data("\(line)\n".utf8))
  }

  private static func attempt(_ line: String) throws -> Attempt {
    let words = line.split(separator: " ").map(String.init)
    guard words.count == 3, let make = seedAttempts[words[0]],
      let attempt = try make(words[1], words[2] == "records")
    else { throw CheckFailure("there is no attempt \"\(line)\"") }
    return attempt
  }
}

/// Makes one way to do a test, of a variant (`row`, `batch`, `native`) and from lists to records or
/// from columns to columns; nil where there is none.
typealias AttemptMaker = @Sendable (_ variant: String, _ isRecords: Bool) throws -> Attempt?

/// All tests by name; the names are those in Benchmarks/seed/cases.py.
private let seedAttempts: [String: AttemptMaker] = [
  textAttempts, numberAttempts, stateAttempts, processAttempts, cumulativeAttempts,
].reduce(into: [:]) { all, some in all.merge(some) { first, _ in first } }
