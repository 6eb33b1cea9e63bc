import ColumnarCore

/// The formats of files that are read.
package enum FileFormat: String, Sendable, CaseIterable {
  case parquet, arrow, arrows, csv, tsv, jsonl

  /// The format that a file's name tells by its ending; `.gz` and `.zst` behind that of a text are
  /// passed over.
  package init?(path: String) {
    var name = path.lowercased()[...]
    var isPacked = false
    for ending in [".gz", ".zst"] where name.hasSuffix(ending) {
      name = name.dropLast(ending.count)
      isPacked = true
    }
    guard let found = Self.endings.first(where: { name.hasSuffix($0.0) })?.1 else { return nil }
    guard !isPacked || found.isText else { return nil }
    self = found
  }

  private static let endings: [(String, FileFormat)] = [
    (".csv", .csv), (".tsv", .tsv), (".jsonl", .jsonl), (".ndjson", .jsonl),
    (".parquet", .parquet), (".arrow", .arrow), (".feather", .arrow), (".ipc", .arrow),
    (".arrows", .arrows),
  ]

  /// The endings of names that tell a format.
  package static var suffixes: [String] {
    endings.flatMap { $0.1.isText ? [$0.0, $0.0 + ".gz", $0.0 + ".zst"] : [$0.0] }
  }

  /// The endings of names of Arrow files and streams.
  package static var arrowSuffixes: [String] {
    endings.filter { $0.1 == .arrow || $0.1 == .arrows }.map(\.0)
  }

  /// Whether it is lines of text, which may be packed.
  package var isText: Bool {
    switch self {
    case .csv, .tsv, .jsonl: true
    case .parquet, .arrow, .arrows: false
    }
  }

  /// The format that a file (`-`: standard input) begins like; CSV where nothing tells.
  package static func sniffed(path: String) throws -> FileFormat {
    let window = try TextFile(path).openingWindow()
    let bytes = UnsafeRawBufferPointer(start: window.base, count: min(window.count, 64))
    // The one of encrypted files is for the reader to refuse, with its reason.
    if bytes.starts(with: "PAR1".utf8) || bytes.starts(with: "PARE".utf8) { return .parquet }
    if SystemArrow.isORC(bytes) {
      throw ColumnarError(
        .unsupported, "\"\(path)\" is an ORC file. \(SystemArrow.hint())", context: [.file(path)])
    }
    if bytes.starts(with: "ARROW1".utf8) { return .arrow }
    if bytes.starts(with: [0xFF, 0xFF, 0xFF, 0xFF]) { return .arrows }
    let spaces: [UInt8] = [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF]
    return bytes.first { !spaces.contains($0) } == 0x7B ? .jsonl : .csv
  }

  /// A path at which the file can be mapped: its own, or, for standard input and pipes, that of a
  /// file without a name that takes all their bytes and is gone with the process.
  package static func mappablePath(_ path: String) throws -> String {
    guard let stream = try StandardInput.stream(at: path) else { return path }
    return stream.isRegularFile ? "/dev/stdin" : try stream.spool()
  }
}
