import ColumnarCore
import Glibc
import Synchronization

/// Results of pipeline nodes, kept from run to run: in memory, or on disk for other processes too.
///
/// ```swift
/// let cache = try Cache.disk(at: "embeddings.cache", limit: 4 << 30)
/// let pipeline = try Pipeline(engine: .columnar(cache: cache), outputs: embedding)
/// ```
///
/// A node's result for an item is found by what the node is (its name, the names and types of its
/// outputs and parameters, its declared `version`, its states' names and types) and the values it
/// is given. Both engines, all pipelines, processes and machines use the same keys. A program
/// cannot see that a closure's code has changed: give the node another `version` then.
///
/// What failed is never kept, results that are nil are. When the limit is reached, what was not
/// used for longest goes first. Safe for concurrent use by threads and, on disk, by processes; a
/// process that is killed leaves a cache that works.
public final class Cache: Sendable {
  /// The most bytes that are kept.
  public let limit: Int
  /// The folder of a cache on disk, else nil.
  public let path: String?
  private let tables = Monitor<[TableKey: CacheTable]>([:])
  private let time = Atomic<UInt64>(0)
  private let damaged = Atomic<Int>(0)
  /// What all segments in memory take of the limit.
  private let memory = Atomic<Int>(0)
  /// Whether files were written since their sizes were last looked at.
  private let isGrown = Atomic<Bool>(true)

  /// Which table; by the type too, so that no row is ever read as another one.
  private struct TableKey: Hashable {
    let identity: StableKey
    let type: DataType
  }

  private init(limit: Int, path: String?) {
    self.limit = max(0, limit)
    self.path = path
  }

  /// A cache in this process's memory of at most `limit` bytes: values, and 48 bytes per result for
  /// its key and the index.
  ///
  /// The limit holds while queries run, too; what they are just adding may exceed it, per thread by
  /// a sixteenth (at least 4 KB) or by one value. A value that no column type stands for counts 8
  /// bytes, whatever it refers to, and what it says of itself as a `CacheSized` one.
  public static func memory(limit: Int) -> Cache { Cache(limit: limit, path: nil) }

  /// A cache in a folder, which is made if it is not there, of at most `limit` bytes of files.
  ///
  /// Values that no column type stands for are kept in memory, and for this process alone: as in a
  /// cache in memory of the same limit, beside the files. Reading maps the files; the index of the
  /// nodes in use is in memory (about 48 bytes per result), and so is what was not written yet, up
  /// to 8 MB of each node. An error of code `io` if the folder cannot be made.
  public static func disk(at path: String, limit: Int) throws -> Cache {
    try CacheFolder.make(path)
    return Cache(limit: limit, path: path)
  }

  /// Forgets all results.
  public func removeAll() {
    for table in tables.withLock({ Array($0.values) }) { table.dropAll() }
    for folder in folders() { for name in folder.names() { folder.remove(name) } }
  }

  /// The number of damaged files that were found, and removed, so far.
  public var damagedFiles: Int { damaged.load(ordering: .relaxed) }

  /// The results that this process knows, and the bytes that they take: of memory, or of files.
  package var size: (rows: Int, bytes: Int) {
    tables.withLock { Array($0.values) }.reduce(into: (0, 0)) { size, table in
      size.0 += table.size.rows
      size.1 += table.size.bytes
    }
  }

  /// What all segments in memory take of the limit, at one point in time: `size` looks at one node
  /// after the other while others change.
  package var bytesInMemory: Int { memory.load(ordering: .relaxed) }

  // MARK: Tables

  /// The results of a node, with what other processes have added.
  func table(of identity: CacheIdentity, _ type: DataType) -> CacheTable {
    let table = tables.withLock { tables in
      let key = TableKey(identity: identity.key, type: type)
      if let table = tables[key] { return table }
      let table = CacheTable(self, type, folder: type.containsOpaque ? nil : folder(of: identity))
      tables[key] = table
      return table
    }
    table.refresh()
    return table
  }

  private func folder(of identity: CacheIdentity) -> CacheFolder? {
    guard let path else { return nil }
    do {
      return try CacheFolder("\(path)/\(Self.version)/\(identity.folderName)")
    } catch {
      note("results of \"\(identity.name)\" are kept in memory only: \(error)")
      return nil
    }
  }

  /// The layout of the folder and of the files, and how keys are made.
  private static let version = "v1"

  /// The folders of all nodes that any process has kept results of.
  func folders() -> [CacheFolder] {
    guard let path else { return [] }
    return CacheFolder.entries("\(path)/\(Self.version)").sorted().map {
      CacheFolder(known: "\(path)/\(Self.version)/\($0)")
    }
  }

  // MARK: Limits

  /// The next point in time, for telling what was used last.
  func tick() -> UInt64 { time.add(1, ordering: .relaxed).newValue }

  /// About how large a segment grows.
  var segmentBytes: Int { max(1 << 12, min(8 << 20, limit / 16)) }

  /// Counts what segments in memory take more, or less.
  func countBytes(_ bytes: Int) { memory.add(bytes, ordering: .relaxed) }

  /// A segment was sealed.
  func noteGrowth() {
    isGrown.store(true, ordering: .relaxed)
    makeRoomIfNeeded()
  }

  /// Lets go of segments in memory if there is too much.
  func makeRoomIfNeeded() { if memory.load(ordering: .relaxed) > limit { makeRoom() } }

  /// Lets go of the segments in memory that were not used for longest, so that there is room for a
  /// few more.
  private func makeRoom() {
    let tables = tables.withLock { Array($0.values) }
    var all: [(table: CacheTable, number: UInt32, lastUse: UInt64, byteCount: Int)] = []
    for table in tables { all += table.evictable().map { (table, $0.0, $0.1, $0.2) } }
    var total = all.reduce(0) { $0 + $1.byteCount }
    guard total > limit else { return }
    all.sort { $0.lastUse < $1.lastUse }
    let goal = limit - limit / 32
    var dropped: [ObjectIdentifier: (CacheTable, [UInt32])] = [:]
    for segment in all where total > goal {
      dropped[ObjectIdentifier(segment.table), default: (segment.table, [])].1
        .append(segment.number)
      total -= segment.byteCount
    }
    for (table, numbers) in dropped.values { table.drop(numbers) }
  }

  /// Keeps what a query has left open, and looks after the files.
  func finish(_ tables: [CacheTable]) {
    for table in tables {
      table.flush()
      table.touchFiles()
    }
    guard path != nil, isGrown.exchange(false, ordering: .relaxed) else { return }
    CacheUpkeep(cache: self).run()
  }

  // MARK: Notes

  /// Writes a line to stderr.
  func note(_ text: String) { StandardError.write("[columnar cache] \(text)\n") }

  func noteDamage(_ text: String) {
    damaged.add(1, ordering: .relaxed)
    note(text)
  }
}
