import Columnar
import Glibc
import Pipelines

/// A process that maps random items with a cache on disk, again and again, and checks what it gets.
///
/// Its arguments: the cache's folder, its limit, and the number of rounds (0: without end).
package struct CacheUser {
  package static let n = Input<Int>("n")
  package static let node = Node("spelled", from: n) { CacheUser.spelled($0) }.version("fixture")

  /// What the node gives.
  package static func spelled(_ n: Int) -> String? {
    n % 5 == 0 ? nil : "\(n) spelled in more than twelve bytes"
  }

  private let arguments: [String]

  init(_ arguments: [String]) { self.arguments = arguments }

  func run() {
    guard arguments.count == 3, let limit = Int(arguments[1]), let rounds = Int(arguments[2]),
      let cache = try? Cache.disk(at: arguments[0], limit: limit),
      let pipeline = try? Pipeline(engine: .columnar(threads: 2, cache: cache), outputs: Self.node)
    else { exit(2) }
    var round = 0
    while rounds == 0 || round < rounds {
      round += 1
      let first = Int.random(in: 0..<20_000)
      let items = (0..<500).map { first + $0 * Int.random(in: 1...3) }
      guard let values = try? pipeline.map(Self.n.each(items))[Self.node] else { exit(3) }
      guard Array(values) == items.map(Self.spelled) else { exit(4) }
    }
    exit(cache.damagedFiles == 0 ? 0 : 5)
  }
}
