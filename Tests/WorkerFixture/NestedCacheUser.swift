import Columnar
import Glibc
import Pipelines

/// A process that maps pipelines, nested two levels deep, with a cache on disk, and tells what it
/// found there.
///
/// Its argument: the cache's folder.
package enum NestedCacheUser {
  private static let text = Input<String>("text")
  private static let texts = Input<[String]>("texts")

  package enum Loud {
    package final class Speaker: Stateful {
      package init() {}
      func say(_ text: String) -> String { text.uppercased() }
    }
  }

  /// A type that only this file can name.
  private final class Speaker: Stateful {
    init() {}
    func say(_ text: String) -> String { text + ", privately" }
  }

  private static let lists = (0..<8).map { k in (0..<k).map { "text \(k) \($0)" } }

  /// A pipeline mapped over lists, in one that is a node of another.
  private static func pipeline(_ cache: Cache, isPrivate: Bool) throws -> Pipeline {
    let length = Node("length", from: text) { $0.utf8.count }
    let loud = Node("loud", from: text) { (text: String, speaker: Loud.Speaker) in
      speaker.say(text)
    }
    let own = Node("own", from: text) { (text: String, speaker: Speaker) in speaker.say(text) }
    let inner = try Pipeline("inner", outputs: length, loud, own)
    let (lengths, louds, owns) = inner.each(
      "each", text, in: texts, outputs: length, loud, own)
    let middle =
      isPrivate
      ? try Pipeline("middle", outputs: lengths, louds, owns)
      : try Pipeline("middle", outputs: lengths, louds)
    return try Pipeline("outer", engine: .columnar(cache: cache)) {
      middle.asNode(name: "within")
    }
  }

  /// What the cache does in one run; with the node whose state has a private type, or without.
  package static func statistics(_ cache: Cache, isPrivate: Bool) throws -> CacheStatistics {
    let results = try pipeline(cache, isPrivate: isPrivate).map(texts.each(lists))
    guard
      try Array(results["each/length", as: [Int].self]) == lists.map({ $0.map(\.utf8.count) }),
      try Array(results["each/loud", as: [String].self])
        == lists.map({ $0.map { $0.uppercased() } })
    else { return CacheStatistics(misses: -1) }
    return results.cacheStatistics
  }

  static func run(_ path: String) {
    guard let cache = try? Cache.disk(at: path, limit: 1 << 24),
      let found = try? statistics(cache, isPrivate: true)
    else { exit(2) }
    print("hits \(found.hits), misses \(found.misses)")
    exit(cache.damagedFiles == 0 ? 0 : 5)
  }
}
