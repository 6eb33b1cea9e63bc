import ColumnarCore
import ColumnarIO
import Glibc

/// Keeps a cache's folder within its limit and its files few: one process at a time.
///
/// What it removes others may be reading; they keep what they have mapped, and compute again what
/// they had not.
struct CacheUpkeep {
  let cache: Cache

  private struct File {
    let folder: CacheFolder
    let name: String
    let byteCount: Int
    /// When it was last used, in nanoseconds.
    let used: Int
  }

  /// Does what is to be done, unless another process is at it.
  func run() {
    guard let path = cache.path else { return }
    let descriptor = open("\(path)/lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return }
    // Closing it gives the lock back; so does the end of the process, however it ends.
    defer { close(descriptor) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else { return }
    for folder in cache.folders() {
      removeLeftovers(folder)
      merge(folder)
    }
    evict()
  }

  private func files(_ folder: CacheFolder) -> [File] {
    folder.names().compactMap { name in
      status("\(folder.path)/\(name)").map { status in
        File(
          folder: folder, name: name, byteCount: Int(status.st_size),
          used: status.st_mtim.tv_sec * 1_000_000_000 + status.st_mtim.tv_nsec)
      }
    }
  }

  private func status(_ path: String) -> stat? {
    var result = stat()
    return stat(path, &result) == 0 ? result : nil
  }

  private func evict() {
    var all = cache.folders().flatMap(files)
    var total = all.reduce(0) { $0 + $1.byteCount }
    guard total > cache.limit else { return }
    all.sort { ($0.used, $0.name) < ($1.used, $1.name) }
    for file in all where total > cache.limit {
      file.folder.remove(file.name)
      total -= file.byteCount
    }
  }

  /// Removes files that a process began and died of, an hour later.
  private func removeLeftovers(_ folder: CacheFolder) {
    let now = time(nil)
    for name in CacheFolder.entries(folder.path, hidden: true) where name.hasSuffix(".tmp") {
      guard let status = status("\(folder.path)/\(name)") else { continue }
      if now - status.st_mtim.tv_sec > 3_600 { folder.remove(name) }
    }
  }

  // MARK: Merging

  /// So many small files are made one.
  private static let most = 16
  private static let small = 1 << 20

  /// Joins small files, as many short runs leave them.
  ///
  /// A joined file counts as used when the latest of its parts was. So that what was not used for
  /// long does not outlive what was, only files of like age are joined.
  private func merge(_ folder: CacheFolder) {
    let files = files(folder).filter { $0.byteCount < min(Self.small, cache.segmentBytes) }
      .sorted { ($0.used, $0.name) < ($1.used, $1.name) }
    guard files.count > Self.most else { return }
    let now = Int(time(nil))
    var group: [File] = []
    var size = 0
    for file in files {
      if let first = group.first, Self.age(of: first, now) != Self.age(of: file, now) {
        merge(group, in: folder)
        (group, size) = ([], 0)
      }
      group.append(file)
      size += file.byteCount
      if size >= cache.segmentBytes {
        merge(group, in: folder)
        (group, size) = ([], 0)
      }
    }
    merge(group, in: folder)
  }

  /// The age of a file in classes of which each is twice as long as the one before: below 1, 2, 4 …
  /// minutes.
  private static func age(of file: File, _ now: Int) -> Int {
    let minutes = max(0, now - file.used / 1_000_000_000) / 60
    return Int.bitWidth - minutes.leadingZeroBitCount
  }

  private func merge(_ files: [File], in folder: CacheFolder) {
    guard files.count > 1 else { return }
    // What cannot be read just now stays as it is.
    let read = files.compactMap { file in
      folder.read(file.name, nil, cache).map { (file: file, content: $0) }
    }
    let contents = read.map(\.content)
    guard read.count > 1, let used = read.map(\.file.used).max(),
      let type = contents.first?.column.type,
      contents.allSatisfy({ $0.column.type == type }), let codec = try? CacheCodec(type)
    else { return }
    // The same key may stand in several files, written by processes that did not know of each
    // other.
    var seen = Set<StableKey>()
    var parts: [Column] = []
    var keys: [Buffer] = []
    for content in contents {
      let rows = content.keys.pointer(as: StableKey.self)
      let new = Bitmap((0..<content.column.count).map { seen.insert(rows[$0]).inserted })
      let indices = RowIndices(selectedBy: new)
      parts.append(content.column.taking(indices))
      keys.append(content.keys.taking(keys: indices))
    }
    let joined = Column.concatenating(parts, type: type)
    guard (try? folder.write(joined, keys, codec, used: used)) != nil else { return }
    for (file, _) in read { folder.remove(file.name) }
  }
}

extension Buffer {
  /// The keys of some rows.
  func taking(keys rows: RowIndices) -> Buffer {
    let memory = MutableBuffer(count: rows.count * 16)
    let (source, target) = (pointer(as: StableKey.self), memory.pointer(as: StableKey.self))
    for k in 0..<rows.count { target[k] = source[rows.row(at: k)] }
    withExtendedLifetime(self) {}
    return memory.freeze()
  }
}
