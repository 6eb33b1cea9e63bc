/// What a case has to reach.
public struct Target {
  let text: String
  /// Whether it is, by medians; nil if a contender that it speaks of was not run.
  let isMet: (_ ours: Double, _ others: [String: Double]) -> Bool?

  /// Nothing to reach; the text says why, or what the figure means.
  public static func none(_ text: String) -> Target { Target(text: text) { _, _ in nil } }

  /// So many milliseconds at most.
  public static func atMost(_ milliseconds: Double) -> Target {
    Target(text: "<= \(milliseconds) ms") { ours, _ in ours <= milliseconds }
  }

  /// At most `limit` times the time of another contender.
  public static func ratio(_ limit: Double, to contender: String, _ label: String) -> Target {
    Target(text: "<= \(limit) x \(label)") { ours, others in
      others[contender].map { ours <= limit * $0 }
    }
  }

  /// At most so many milliseconds more than another contender.
  public static func above(
    _ contender: String, byAtMost milliseconds: Double, _ label: String
  ) -> Target {
    Target(text: "<= \(label) + \(milliseconds) ms") { ours, others in
      others[contender].map { ours <= $0 + milliseconds }
    }
  }

  /// At least `factor` times as fast as another contender.
  public static func faster(than contender: String, by factor: Double, _ label: String) -> Target {
    Target(text: ">= \(factor) x faster than \(label)") { ours, others in
      others[contender].map { $0 >= factor * ours }
    }
  }

  /// Faster than figures from elsewhere.
  public static func ahead(of published: [(label: String, milliseconds: Double)]) -> Target {
    let list = published.map { "\($0.label) \(Table.text($0.milliseconds)) ms" }
      .joined(separator: ", ")
    return Target(text: "ahead of \(list)") { ours, _ in
      published.allSatisfy { ours < $0.milliseconds }
    }
  }

  /// The slowest of several contenders takes at most `limit` times as long as the quickest.
  public static func flat(within limit: Double, _ contenders: [String]) -> Target {
    Target(text: "flat within \(limit) x") { _, others in
      let times = contenders.compactMap { others[$0] }
      guard times.count == contenders.count, let low = times.min(), let high = times.max() else {
        return nil
      }
      return high <= limit * low
    }
  }

  /// Both this and another.
  public func and(_ other: Target) -> Target {
    Target(text: "\(text); \(other.text)") { ours, others in
      guard let first = isMet(ours, others), let second = other.isMet(ours, others) else {
        return nil
      }
      return first && second
    }
  }
}
