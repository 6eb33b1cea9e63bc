import Columnar
import ColumnarCore
import ColumnarTesting
import Foundation
import Pipelines
import Testing
import worker_fixture

/// Caches on disk: what other processes find, what damage does, what goes when there is too much.
@Suite struct DiskCacheTests {
  private let n = Input<Int>("n")

  private func node(_ tally: Tally) -> Node<String?> {
    Node("node", from: n) { n in
      tally.add("calls")
      return n % 7 == 0 ? nil : "\(n), a text longer than twelve bytes"
    }
  }

  private func expected(_ items: some Sequence<Int>) -> [String?] {
    items.map { $0 % 7 == 0 ? nil : "\($0), a text longer than twelve bytes" }
  }

  /// Maps the items with that cache, checks the values, and tells how many were computed.
  @discardableResult
  private func calls(
    _ cache: Cache, _ items: Range<Int>, on engine: ((Cache) -> any Engine)? = nil,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Int {
    let tally = Tally()
    let node = node(tally)
    let pipeline = try Pipeline(
      engine: engine?(cache) ?? .columnar(threads: 2, cache: cache), outputs: node)
    let values = try pipeline.map(n.each(elementsOf: items))[node]
    #expect(Array(values) == expected(items), sourceLocation: sourceLocation)
    return tally["calls"]
  }

  @Test func anotherProcessFindsIt() throws {
    let directory = try CacheDirectory()
    let cache = try directory.cache()
    #expect(try calls(cache, 0..<20_000) == 20_000)
    #expect(try calls(cache, 0..<20_000) == 0)
    #expect(directory.segments.count == 1)
    #expect(try calls(directory.cache(), 0..<20_000) == 0)
    #expect(try calls(directory.cache(), 0..<100, on: { .sequential(cache: $0) }) == 0)
    // What one adds the other sees in its next run.
    let other = try directory.cache()
    #expect(try calls(other, 19_000..<21_000) == 1_000)
    #expect(try calls(cache, 0..<21_000) == 0)
    #expect(directory.segments.count == 2)
  }

  @Test func onItemAtATime() throws {
    let directory = try CacheDirectory()
    #expect(try calls(directory.cache(), 0..<500, on: { .sequential(cache: $0) }) == 500)
    #expect(directory.segments.count == 1)
    #expect(try calls(directory.cache(), 0..<500) == 0)
  }

  /// All types come back as they were.
  @Test func allTypes() throws {
    let directory = try CacheDirectory()
    PropertyTest.seeds(3) { generator in
      for (k, type) in ColumnGenerator.allTypes.enumerated() where type.kind != .null {
        do {
          let column = generator.column(type, count: 30)
          let function = UserFunction(
            name: "f", kind: .row, parameters: [UDFParameter(data: Int.self)], resultType: type,
            options: UDFOptions(),
            cacheIdentity: CacheIdentity(name: "f", ["\(k)", "\(generator.seed)"])
          ) { call in
            let rows = try ColumnView<Int>(call.columns[0])
            return .concatenating(rows.map { column.slice($0..<$0 + 1) }, type: type)
          }
          let items = try DataFrame(["n": Array(0..<30)])
          func result() throws -> String {
            let frame = LazyFrame(
              .select([Expr(.call(function, [col("n")])).as("r")], items.lazy.plan))
            return try cells(frame.collect(on: .columnar(cache: directory.cache())))[0]
          }
          let cold = try result()
          #expect(try result() == cold, "seed \(generator.seed), \(type)")
          let plain = try cells(DataFrame(columns: [("r", column)]))[0]
          #expect(cold == plain, "seed \(generator.seed), \(type)")
        } catch {
          Issue.record("seed \(generator.seed), \(type): \(error)")
        }
      }
    }
  }

  /// Whatever byte is changed or missing, the results are right; the damaged file goes.
  @Test func damage() throws {
    let directory = try CacheDirectory()
    try calls(directory.cache(), 0..<100)
    let path = try #require(directory.segments.first)
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var random = SeededGenerator(seed: 7)
    var damaged: [Data] = (0..<120).map { k in
      var bytes = whole
      let position = k < 64 ? k : random.int(in: 0..<whole.count)
      bytes[position] ^= UInt8(1) << UInt8(random.int(in: 0..<8))
      return bytes
    }
    damaged += [0, 1, 63, 64, 65, 1_000, whole.count - 64, whole.count - 1].map {
      whole.prefix($0)
    }
    damaged += [whole + Data(count: 64), Data(count: whole.count), Data("no segment".utf8)]
    for (k, bytes) in damaged.enumerated() {
      for segment in directory.segments { try FileManager.default.removeItem(atPath: segment) }
      try bytes.write(to: URL(fileURLWithPath: path))
      let cache = try directory.cache()
      #expect(try calls(cache, 0..<100) == 100, "case \(k)")
      #expect(cache.damagedFiles == 1, "case \(k)")
      #expect(!directory.segments.contains(path), "case \(k)")
    }
    #expect(try calls(directory.cache(), 0..<100) == 0)
  }

  /// What was not used for longest goes first, also what another process had used.
  @Test func limit() throws {
    let directory = try CacheDirectory()
    let limit = 300_000
    let cache = try directory.cache(limit: limit)
    for k in 0..<8 {
      try calls(cache, k * 1_000..<(k + 1) * 1_000)
      usleep(20_000)
      try calls(directory.cache(limit: limit), 0..<1_000)
      #expect(directory.byteCount <= limit)
      usleep(20_000)
    }
    let fresh = try directory.cache(limit: limit)
    #expect(try calls(fresh, 0..<1_000) == 0)
    #expect(try calls(fresh, 7_000..<8_000) == 0)
    #expect(try calls(fresh, 1_000..<2_000) == 1_000)
  }

  @Test func manySmallFilesAreJoined() throws {
    let directory = try CacheDirectory()
    for k in 0..<60 { try calls(directory.cache(), k * 10..<(k + 1) * 10 + 5) }
    #expect(directory.segments.count <= 20)
    #expect(try calls(directory.cache(), 0..<605) == 0)
  }

  /// Says when a file was last used.
  private func date(_ path: String) throws -> Date {
    let known = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate]
    return try #require(known as? Date)
  }

  private func setDate(_ path: String, daysAgo days: Double) throws {
    let date = Date(timeIntervalSinceNow: -days * 86_400)
    try FileManager.default.setAttributes([.modificationDate: date], ofItemAtPath: path)
  }

  /// Joined, files are as old as they were: what is not used does not outlive what is.
  @Test func joinedFilesKeepTheirAge() throws {
    let directory = try CacheDirectory()
    // No more than are left as they are.
    for k in 0..<16 { try calls(directory.cache(), k * 10..<(k + 1) * 10) }
    let segments = directory.segments
    #expect(segments.count == 16)
    for (k, path) in segments.enumerated() {
      try setDate(path, daysAgo: k < 10 ? 30 + Double(k) / 10 : k < 14 ? 3 : 0)
    }
    // The next one has them joined.
    try calls(directory.cache(), 160..<170)
    let ages = try directory.segments.map { -(try date($0)).timeIntervalSinceNow / 86_400 }.sorted()
    #expect(ages.count == 3)
    #expect(abs((ages.first ?? 9) - 0) < 0.5)
    #expect(ages.count == 3 && abs(ages[1] - 3) < 0.5)
    #expect(abs((ages.last ?? 0) - 30) < 0.5)
    // So the oldest go first.
    let limit = directory.byteCount - 1
    try calls(directory.cache(limit: limit), 170..<171)
    #expect(try calls(directory.cache(), 100..<170) == 0)
    #expect(try calls(directory.cache(), 0..<100) == 100)
  }

  /// What cannot be read for now is there when it can be again.
  @Test func joiningRemovesOnlyWhatWasRead() throws {
    let directory = try CacheDirectory()
    for k in 0..<16 { try calls(directory.cache(), k * 10..<(k + 1) * 10) }
    let path = try #require(directory.segments.first)
    let kept = path + ".kept"
    try FileManager.default.moveItem(atPath: path, toPath: kept)
    // Opens, but cannot be mapped, as when there are too many open files.
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: directory.path)
    try calls(directory.cache(), 160..<170)
    #expect(try calls(directory.cache(), 10..<170) == 0)
    let names = try FileManager.default.contentsOfDirectory(
      atPath: (path as NSString).deletingLastPathComponent)
    #expect(names.filter { $0.hasSuffix(".segment") }.count == 2)
    try #require(names.contains((path as NSString).lastPathComponent))
    try FileManager.default.removeItem(atPath: path)
    try FileManager.default.moveItem(atPath: kept, toPath: path)
    #expect(try calls(directory.cache(), 0..<170) == 0)
  }

  /// Files may vanish between any two looks.
  @Test func vanishedFiles() throws {
    let directory = try CacheDirectory()
    let cache = try directory.cache()
    try calls(cache, 0..<100)
    for segment in directory.segments { try FileManager.default.removeItem(atPath: segment) }
    #expect(try calls(cache, 0..<100) == 100)
    try FileManager.default.removeItem(atPath: directory.path)
    #expect(try calls(cache, 0..<200) == 200)
    cache.removeAll()
    #expect(try calls(cache, 0..<10) == 10)
  }

  @Test func aFolderThatCannotBe() throws {
    #expect(throws: ColumnarError.self) { try Cache.disk(at: "/dev/null/cache", limit: 1 << 20) }
    // What stands there already is no folder.
    let error = #expect(throws: ColumnarError.self) {
      try Cache.disk(at: "/dev/null", limit: 1 << 20)
    }
    #expect(error?.code == .io && error?.message.contains("\"/dev/null\"") == true)
  }

  // MARK: Processes

  private func start(_ directory: CacheDirectory, limit: Int, rounds: Int) throws -> Process {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
      .deletingLastPathComponent().appending(path: "worker-fixture")
    process.arguments = ["cache", directory.path, "\(limit)", "\(rounds)"]
    try process.run()
    return process
  }

  private func checkAll(_ directory: CacheDirectory, limit: Int) throws -> CacheStatistics {
    let cache = try directory.cache(limit: limit)
    let node = CacheUser.node
    let pipeline = try Pipeline(engine: .columnar(cache: cache), outputs: node)
    let results = try pipeline.map(CacheUser.n.each(elementsOf: 0..<22_000))
    #expect(try Array(results[node]) == (0..<22_000).map(CacheUser.spelled))
    #expect(cache.damagedFiles == 0)
    return results.cacheStatistics
  }

  /// Killed at any time, a process leaves a cache that works.
  @Test func killed() throws {
    let directory = try CacheDirectory()
    for round in 0..<8 {
      let process = try start(directory, limit: 1 << 24, rounds: 0)
      let before = directory.segments.count
      var rounds = 0
      while directory.segments.count == before, rounds < 12_000 {
        usleep(5_000)
        rounds += 1
      }
      usleep(UInt32(round * 7_000))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
    }
    #expect(try checkAll(directory, limit: 1 << 24).hits > 0)
  }

  /// Processes that write, read, evict and join at once get the right results.
  @Test(arguments: [400_000, 1 << 24])
  func several(limit: Int) throws {
    let directory = try CacheDirectory()
    let processes = try (0..<3).map { _ in
      try start(directory, limit: limit, rounds: 60)
    }
    for process in processes {
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
    // The last to look after the folder may have found another at it.
    try calls(directory.cache(limit: limit), 0..<10)
    #expect(directory.byteCount <= limit)
    #expect(try checkAll(directory, limit: limit).hits > 0)
  }

  /// What a process of pipelines in pipelines in pipelines has computed the next one finds.
  @Test func nestedResultsAreFoundByOtherProcesses() throws {
    let directory = try CacheDirectory()
    var results: [String] = []
    for _ in 0..<2 {
      let process = Process()
      let output = Pipe()
      process.executableURL = URL(fileURLWithPath: CommandLine.arguments[0])
        .deletingLastPathComponent().appending(path: "worker-fixture")
      process.arguments = ["nested cache", directory.path]
      process.standardOutput = output
      try process.run()
      let data = output.fileHandleForReading.readDataToEndOfFile()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      results.append(String(decoding: data, as: UTF8.self))
    }
    #expect(results == ["hits 0, misses 84\n", "hits 84, misses 0\n"])
    let own = try NestedCacheUser.statistics(directory.cache(), isPrivate: false)
    #expect(own == CacheStatistics(hits: 56))
  }
}
