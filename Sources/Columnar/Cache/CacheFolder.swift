import ColumnarCore
import ColumnarIO
import Glibc

/// The folder of one node's segments.
///
/// Several processes may use it at once: a file appears whole or not at all, is never changed, and
/// may vanish at any time.
struct CacheFolder: Sendable {
  let path: String
  static let ending = ".segment"

  /// The folder, made if it is not there.
  init(_ path: String) throws {
    self.path = path
    try Self.make(path)
  }

  /// A folder that is there.
  init(known path: String) { self.path = path }

  /// Makes a folder and those it stands in.
  static func make(_ path: String) throws {
    if mkdir(path, 0o777) == 0 { return }
    if errno == EEXIST { return try mustBeFolder(path) }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash != path.startIndex else {
      throw MappedFile.systemError("cannot make the folder", path)
    }
    try make(String(path[..<slash]))
    guard mkdir(path, 0o777) == 0 || errno == EEXIST else {
      throw MappedFile.systemError("cannot make the folder", path)
    }
  }

  /// An error where something else stands in a folder's place.
  private static func mustBeFolder(_ path: String) throws {
    var status = stat()
    guard stat(path, &status) != 0 || status.st_mode & S_IFMT != S_IFDIR else { return }
    errno = ENOTDIR
    throw MappedFile.systemError("cannot make the folder", path)
  }

  /// The names in a folder, but for hidden ones unless asked for; none if it is gone.
  static func entries(_ path: String, hidden: Bool = false) -> [String] {
    guard let folder = opendir(path) else { return [] }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) {
        $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
      }
      if name != ".", name != "..", hidden == name.hasPrefix(".") { names.append(name) }
    }
    return names
  }

  /// The names of the segments.
  func names() -> [String] { Self.entries(path).filter { $0.hasSuffix(Self.ending) } }

  /// Writes a segment and maps it; its name is later than those before it.
  ///
  /// It counts as used now, or when `used` says, in nanoseconds of the time of day.
  func write(
    _ column: Column, _ keys: [Buffer], _ codec: CacheCodec, used: Int? = nil
  ) throws -> CacheCodec.Sealed {
    // Someone may have removed it.
    try Self.make(path)
    let bytes = try CacheFile.bytes(column, keys, codec)
    let name = Self.newName()
    let file = try AtomicFile("\(path)/\(name)")
    try bytes.withBytes { try file.write($0) }
    if let used { file.setTime(used) }
    // What a failing machine leaves of a file is told by its checksum.
    try file.commit(isDurable: false)
    let memory = try MappedFile.open("\(path)/\(name)")
    guard memory.count == bytes.count else {
      throw CacheFile.broken("\(path)/\(name)", "was changed")
    }
    let position = CacheFile.headSize + (column.count * 16 + 63) & ~63
    return CacheCodec.Sealed(
      column: try CacheCodec.column(in: memory, from: position, path: name),
      byteCount: bytes.count, file: name)
  }

  private static func newName() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    let time = UInt64(now.tv_sec) &* 1_000_000_000 &+ UInt64(now.tv_nsec)
    let digits = String(time, radix: 36)
    let mark = String(UInt64.random(in: .min ... .max), radix: 36)
    return String(repeating: "0", count: max(0, 13 - digits.count)) + "\(digits)-\(mark)\(ending)"
  }

  /// A segment's content; nil if it is gone, and if it is damaged: then it is removed.
  func read(_ name: String, _ type: DataType?, _ cache: Cache) -> CacheFile.Content? {
    let path = "\(path)/\(name)"
    do {
      let content = try CacheFile.content(of: MappedFile.open(path), path: path)
      guard type == nil || content.column.type == type else {
        throw CacheFile.broken(path, "holds \(content.column.type)")
      }
      return content
    } catch let error as ColumnarError where error.code == .io {
      return nil
    } catch {
      cache.noteDamage("\(error) Its results will be computed again.")
      unlink(path)
      return nil
    }
  }

  /// Marks a segment as used now.
  func touch(_ name: String) { utimensat(AT_FDCWD, "\(path)/\(name)", nil, 0) }

  func remove(_ name: String) { unlink("\(path)/\(name)") }
}
