import Columnar
import Foundation
import Pipelines
import Testing

/// Engines of all kinds with one cache.
func engines(_ cache: Cache) -> [(name: String, engine: any Engine)] {
  [
    ("sequential", .sequential(cache: cache)),
    ("columnar", .columnar(cache: cache)),
    ("batches of 3", ColumnarEngine(threads: 2, batchRows: 3, cache: cache)),
    (
      "batches of 7, optimizer off",
      ColumnarEngine(threads: 1, batchRows: 7, disabledRules: ["all"], cache: cache)
    ),
    ("4 in flight", .columnar(defaults: .init(batchSize: 5, maxConcurrency: 4), cache: cache)),
  ]
}

extension Cache {
  /// A cache in memory that is large enough for a test.
  static func ample() -> Cache { .memory(limit: 1 << 26) }
}

/// A folder of its own for a test's cache, removed at the end of it.
final class CacheDirectory {
  let path: String

  init() throws {
    path =
      FileManager.default.temporaryDirectory
      .appending(path: "cache-\(UUID().uuidString)").path
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  /// Another cache on it, as another process has.
  func cache(limit: Int = 1 << 28) throws -> Cache { try .disk(at: path, limit: limit) }

  /// The paths of all segments.
  var segments: [String] {
    let all = FileManager.default.enumerator(atPath: path)?.compactMap { $0 as? String } ?? []
    return all.filter { $0.hasSuffix(".segment") }.sorted().map { "\(path)/\($0)" }
  }

  /// The bytes of all segments.
  var byteCount: Int {
    segments.reduce(0) {
      $0 + ((try? Data(contentsOf: URL(fileURLWithPath: $1)).count) ?? 0)
    }
  }
}
