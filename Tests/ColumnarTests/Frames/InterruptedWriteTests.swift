import Columnar
import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

/// A write that is broken off leaves what was there before, whatever broke it off.
@Suite struct InterruptedWriteTests {
  /// The ways to write, by the ending of the name; that of a folder of files has none.
  static let endings = [
    ".parquet", ".arrow", ".arrows", ".csv", ".csv.gz", ".jsonl", ".jsonl.zst", "",
  ]

  static func write(_ frame: LazyFrame, _ path: String, durable: Bool = false) throws {
    var parquet = ParquetWriteOptions(compression: .none)
    parquet.isDurable = durable
    parquet.rowGroupRows = 5000
    switch path.split(separator: "/").last?.split(separator: ".", maxSplits: 1).dropFirst().first {
    case "parquet"?: try frame.write(parquet: path, options: parquet)
    case "arrow"?: try frame.write(arrow: path)
    case "arrows"?: try frame.write(arrow: path, options: ArrowWriteOptions(format: .stream))
    case "csv"?, "csv.gz"?: try frame.write(csv: path)
    case "jsonl"?, "jsonl.zst"?: try frame.write(jsonLines: path)
    default:
      try frame.write(parquet: path, partitionedBy: ["k"], ifExists: .replace, options: parquet)
    }
  }

  /// The rows of what stands at a path.
  static func rows(_ path: String) throws -> Int {
    let scan: LazyFrame =
      if path.contains(".arrow") {
        .scan(arrow: path)
      } else if path.contains(".csv") {
        .scan(csv: path)
      } else if path.contains(".jsonl") {
        .scan(jsonLines: path)
      } else {
        .scan(parquet: path)
      }
    return try scan.select(col("n")).collect().count
  }

  /// Rows that do not pack well, so that a limit on sizes is met in all formats.
  static func frame(_ rows: Int) throws -> DataFrame {
    var random = SeededGenerator(seed: 5)
    return try DataFrame([
      "n": Array(0..<rows), "k": (0..<rows).map { $0 % 3 },
      "s": (0..<rows).map { _ in "\(random.next())\(random.next())" },
    ])
  }

  static func names(_ folder: String) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
  }

  // MARK: A disk that is full

  @Test func aFullDiskLeavesWhatWasThere() async {
    // In a process of its own, because the limit on the size of files holds for all of it.
    await #expect(processExitsWith: .success) {
      let folder = try ToolFolder()
      let (few, many) = (try Self.frame(10).lazy, try Self.frame(60_000).lazy)
      let paths = Self.endings.map { "\(folder.path)/old\($0)" }
      for path in paths { try Self.write(few, path) }
      let before = try Self.names(folder.path)
      signal(SIGXFSZ, SIG_IGN)
      var limit = rlimit(rlim_cur: 150_000, rlim_max: 150_000)
      setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit)
      for path in paths {
        do {
          try Self.write(many, path)
          print("no error for \(path)")
          exit(1)
        } catch let error as ColumnarError {
          guard error.code == .io, error.message.contains(path),
            error.message.contains("File too large")
          else {
            print("\(path): \(error)")
            exit(2)
          }
        }
        // The same where nothing stood before.
        _ = try? Self.write(many, path.replacing("/old", with: "/new"))
        guard try Self.names(folder.path) == before, try Self.rows(path) == 10 else {
          print("\(path): \(try Self.names(folder.path))")
          exit(3)
        }
      }
    }
  }

  // MARK: A task that is cancelled

  @Test(arguments: endings, [false, true])
  func aCancelledTaskLeavesWhatWasThere(_ ending: String, _ isNew: Bool) async throws {
    let folder = try ToolFolder()
    let path = "\(folder.path)/old\(ending)"
    if !isNew { try Self.write(try Self.frame(10).lazy, path) }
    // Half of the rows are written, and then the next one waits for the cancellation.
    let (reached, cancelled) = (Monitor(false), Monitor(false))
    let waits = UDF.row("waits") { (n: Int) -> Int in
      if n == 30_000 {
        reached.update { $0 = true }
        cancelled.wait { $0 ? () : nil }
      }
      // Slowly, so that it is not over before the cancellation is seen.
      if n > 30_000 { usleep(200) }
      return n
    }
    let frame = try Self.frame(60_000).lazy.with(waits("n").as("n"))
    let task = Task.detached { () -> (any Error)? in
      do {
        try Self.write(frame, path)
        return nil
      } catch { return error }
    }
    // A thread of its own: those of a pool may all wait for other tests.
    Thread.detachNewThread {
      reached.wait { $0 ? () : nil }
      task.cancel()
      cancelled.update { $0 = true }
    }
    let error = try #require(await task.value)
    #expect((error as? ColumnarError)?.code == .cancelled || error is CancellationError, "\(error)")
    #expect(try Self.names(folder.path) == (isNew ? [] : ["old\(ending)"]))
    if !isNew { #expect(try Self.rows(path) == 10) }
  }

  // MARK: A process that is killed

  /// Killed at any moment, a process leaves the old file or the new one, and maybe a hidden one that
  /// no scan takes for data.
  @Test(arguments: endings.filter { !$0.isEmpty })
  func aKilledProcessLeavesOneOrTheOther(_ ending: String) throws {
    let folder = try ToolFolder()
    let (input, path) = ("\(folder.path)/in.arrow", "\(folder.path)/data\(ending)")
    try Self.write(try Self.frame(20_000).lazy, input)
    func convert() throws -> Process {
      let process = Process()
      process.executableURL = URL(fileURLWithPath: Tool.path)
      process.arguments = ["convert", input, path]
      process.standardError = FileHandle.nullDevice
      try process.run()
      return process
    }
    let began = MonotonicClock.nanoseconds()
    let whole = try convert()
    whole.waitUntilExit()
    try #require(whole.terminationStatus == 0)
    #expect(try Self.rows(path) == 20_000)
    let took = MonotonicClock.nanoseconds() - began
    var random = SeededGenerator(seed: took)
    for _ in 0..<5 {
      try FileManager.default.removeItem(atPath: path)
      try Self.write(try Self.frame(10).lazy, path)
      let process = try convert()
      usleep(UInt32(took / 1000) / 20 * UInt32(random.int(in: 4..<21)))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      try Self.expectOldOrNew(path, 10, 20_000, folder.path, "data\(ending)")
    }
  }

  /// The same for folders, which the tool does not write.
  @Test func aKilledProcessLeavesOneFolderOrTheOther() async throws {
    let folder = "/tmp/columnar-killed-\(getpid())"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for _ in 0..<3 {
      try Self.write(try Self.frame(10).lazy, "\(folder)/data")
      await #expect(processExitsWith: .signal(SIGKILL)) {
        let path = "/tmp/columnar-killed-\(getppid())/data"
        let many = try Self.frame(20_000).lazy
        Thread.detachNewThread {
          usleep(.random(in: 0..<60_000))
          kill(getpid(), SIGKILL)
        }
        // Over and over, so that it is met somewhere in the middle.
        while true { try Self.write(many, path) }
      }
      try Self.expectOldOrNew("\(folder)/data", 10, 20_000, folder, "data")
    }
  }

  private static func expectOldOrNew(
    _ path: String, _ old: Int, _ new: Int, _ folder: String, _ name: String
  ) throws {
    let found = try rows(path)
    #expect(found == old || found == new, "\(name): \(found) rows")
    let others = try names(folder).filter { $0 != name && $0 != "in.arrow" }
    #expect(others.allSatisfy { $0.hasPrefix(".") }, "\(others)")
    // A scan of the folder sees none of them.
    guard name.hasSuffix(".parquet") || name == "data" else { return }
    #expect(try rows("\(folder)/**/*.parquet") == found)
  }
}
