import CArrowShim
import ColumnarCore
import Glibc

/// The Arrow libraries of the system, which read and write what the engine's own readers don't: ORC
/// files and encrypted Parquet files.
///
/// They are no part of an ordinary build. One is built in by a trait of the package: `LibArrow`
/// (the C++ libraries; Debian packages libarrow-dev and libparquet-dev) or `ArrowGLib`
/// (libarrow-glib-dev and libparquet-glib-dev), as in `swift build --traits default,LibArrow`.
/// Without, every use is an error of code `unsupported` that says this.
public enum SystemArrow {
  /// A library that can do the work.
  public enum Library: Int, Sendable, Hashable, CaseIterable {
    /// arrow-glib and parquet-glib: no encrypted files, and ORC is only read.
    case glib = 1
    /// The C++ libraries.
    case cxx = 2
  }

  /// A file format.
  public enum Format: Int, Sendable, Hashable, CaseIterable {
    case parquet = 1
    case orc = 2
    /// Arrow's file format, also called Feather, version 2; `.cxx` also reads saved streams as this.
    case arrow = 3

    /// The format of a file of that name; nil for names that no format is known by.
    public init?(path: String) {
      let name = path.split(separator: "/").last ?? ""
      switch name.split(separator: ".").last {
      case "parquet", "encrypted": self = .parquet
      case "orc": self = .orc
      case "arrow", "arrows", "feather": self = .arrow
      default: return nil
      }
    }
  }

  /// How a file is read or written.
  public struct Options: Sendable {
    /// Which library does it; nil for any that is built in.
    public var library: Library?
    /// The most rows of a batch, where the library lets one say; nil for its own choice.
    public var batchRows: Int?
    /// The key of an encrypted Parquet file's footer, of 16, 24 or 32 bytes; nil for none.
    public var footerKey: [UInt8]?
    /// The keys of encrypted columns, by their paths; others are under the footer's.
    public var columnKeys: [String: [UInt8]]
    /// What an encrypted file is authenticated with besides, if anything.
    public var aadPrefix: String?

    /// Options: any library, no keys, unless told otherwise.
    public init(
      library: Library? = nil, batchRows: Int? = nil, footerKey: [UInt8]? = nil,
      columnKeys: [String: [UInt8]] = [:], aadPrefix: String? = nil
    ) {
      self.library = library
      self.batchRows = batchRows
      self.footerKey = footerKey
      self.columnKeys = columnKeys
      self.aadPrefix = aadPrefix
    }
  }

  /// The libraries that this build has; none in an ordinary one.
  public static var libraries: [Library] {
    let built = columnar_arrow_providers()
    return Library.allCases.filter { built & (1 << UInt32($0.rawValue)) != 0 }
  }
}

extension SystemArrow {
  /// What an error says about a file that our own readers refuse and such a library reads; `rest` is
  /// what the call needs besides the path.
  package static func hint(needs rest: String = ")") -> String {
    let call = "A system Arrow library reads it: LazyFrame.scan(systemArrow:\(rest)"
    if libraries.contains(.cxx) { return "\(call)." }
    return
      "\(call), in a build with the package's trait LibArrow (system packages libarrow-dev and "
      + "libparquet-dev)."
  }

  /// Whether these are the first bytes of an ORC file.
  package static func isORC(_ bytes: UnsafeRawBufferPointer) -> Bool {
    bytes.count > 3 && bytes.starts(with: "ORC".utf8)
  }

  /// Opens a file as a stream of batches.
  package static func open(
    _ path: String, _ format: Format?, _ options: Options
  ) throws -> ArrowCStreamReader {
    let format = try checked(path, format, options)
    var stream = ArrowArrayStream()
    try call("cannot read", path, options) { provider, options, text, size in
      columnar_arrow_open(provider, Int32(format.rawValue), path, options, &stream, text, size)
    }
    return try ArrowCStreamReader(moving: &stream, name: path)
  }

  /// Writes what `next` gives to a file, which appears under its name when it is whole.
  package static func write(
    _ path: String, _ format: Format?, _ options: Options, schema: Schema,
    next: @escaping () throws -> Batch?
  ) throws {
    let format = try checked(path, format, options)
    let partial = "\(path).\(getpid()).partial"
    var stream = ArrowArrayStream()
    // An error of ours goes through the library as a text; what is thrown here is the error itself.
    var failure: (any Error)?
    // The layout is what every version and format of theirs takes.
    try ArrowCStreamWriter.write(schema, layout: .offsets, to: &stream) {
      do { return try next() } catch {
        failure = error
        throw error
      }
    }
    do {
      try call("cannot write", path, options) { provider, options, text, size in
        columnar_arrow_write(
          provider, Int32(format.rawValue), partial, options, &stream, text, size)
      }
    } catch {
      unlink(partial)
      throw failure ?? error
    }
    guard rename(partial, path) == 0 else {
      let failure = MappedFile.systemError("cannot write", path)
      unlink(partial)
      throw failure
    }
  }

  /// The format; a library or format that is not there is an error.
  private static func checked(
    _ path: String, _ format: Format?, _ options: Options
  ) throws -> Format {
    let built = libraries
    guard let first = built.first else { throw absent("no system Arrow library", path) }
    if let library = options.library, !built.contains(library) {
      throw absent("the library .\(first), not .\(library)", path)
    }
    guard let format = format ?? Format(path: path) else {
      throw ColumnarError(
        .invalidPlan,
        "The name of \"\(path)\" says no format. Give one: format: .parquet, .orc or .arrow.")
    }
    return format
  }

  private static func absent(_ what: String, _ path: String) -> ColumnarError {
    ColumnarError(
      .unsupported,
      "This build has \(what), which \"\(path)\" was to be read or written with. Build with the "
        + "package's trait LibArrow (system packages libarrow-dev and libparquet-dev) or ArrowGLib "
        + "(libarrow-glib-dev and libparquet-glib-dev): `swift build --traits default,LibArrow`, or "
        + "`traits: [.defaults, \"LibArrow\"]` where the package is a dependency.",
      context: [.file(path)])
  }

  /// Calls the library; its text is the error's.
  private static func call(
    _ what: String, _ path: String, _ options: Options,
    _ body: (
      Int32, UnsafePointer<columnar_arrow_options>, UnsafeMutablePointer<CChar>, Int
    ) -> Int32
  ) throws {
    let size = 4096
    let text = UnsafeMutablePointer<CChar>.allocate(capacity: size)
    text.initialize(repeating: 0, count: size)
    defer { text.deallocate() }
    let status = ForeignOptions.with(options) { foreign in
      body(Int32(options.library?.rawValue ?? 0), foreign, text, size)
    }
    guard status != 0 else { return }
    throw ColumnarError(
      .io, "The system's Arrow library \(what) \"\(path)\": \(String(cString: text)).",
      context: [.file(path)])
  }
}

/// Options as the C interface takes them.
private enum ForeignOptions {
  static func with<R>(
    _ options: SystemArrow.Options, _ body: (UnsafePointer<columnar_arrow_options>) -> R
  ) -> R {
    var keys: [columnar_arrow_key] = []
    var memory: [UnsafeMutableRawPointer?] = []
    defer { for place in memory { free(place) } }
    func add(_ column: String?, _ bytes: [UInt8]) {
      let (name, copy) = (column.flatMap { strdup($0) }, malloc(max(1, bytes.count)))
      memory += [UnsafeMutableRawPointer(name), copy]
      copy?.copyMemory(from: bytes, byteCount: bytes.count)
      keys.append(
        columnar_arrow_key(
          column: UnsafePointer(name),
          bytes: copy.map { UnsafePointer($0.assumingMemoryBound(to: UInt8.self)) },
          length: bytes.count))
    }
    if let key = options.footerKey { add(nil, key) }
    for (column, key) in options.columnKeys.sorted(by: { $0.key < $1.key }) { add(column, key) }
    let prefix = options.aadPrefix.flatMap { strdup($0) }
    memory.append(UnsafeMutableRawPointer(prefix))
    return keys.withUnsafeBufferPointer { keys in
      var made = columnar_arrow_options()
      made.batch_rows = Int64(options.batchRows ?? 0)
      made.keys = keys.baseAddress
      made.key_count = keys.count
      made.aad_prefix = UnsafePointer(prefix)
      return body(&made)
    }
  }
}
