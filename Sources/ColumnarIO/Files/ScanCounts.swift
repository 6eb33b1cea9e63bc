import Synchronization

/// What a scan read and what it left out, and why, for `explain`.
package final class ScanCounts: Sendable {
  /// Something that is counted.
  package enum Item: Int, CaseIterable, Sendable {
    case files
    /// Left out by the values in their paths.
    case filesByPath
    /// Not needed once a limit is reached.
    case filesByLimit
    case groups
    case groupsByStatistics
    case groupsByBloomFilter
    /// No page of theirs can hold a row of use.
    case groupsByPageIndex
    case groupsByLimit
    /// Data pages of the columns and row groups that were read.
    case pages
    case pagesByPageIndex
    case pagesOpened
  }

  private let counts: [Counter] = Item.allCases.map { _ in Counter() }

  private final class Counter: Sendable {
    let value = Atomic<Int>(0)
  }

  package init() {}

  /// Counts some more.
  package func add(_ item: Item, _ count: Int = 1) {
    counts[item.rawValue].value.add(count, ordering: .relaxed)
  }

  package subscript(item: Item) -> Int { counts[item.rawValue].value.load(ordering: .relaxed) }

  /// The figures for people; empty where no file was looked at.
  package var text: String {
    guard self[.files] > 0 else { return "" }
    var parts = [
      part("files", .files, [(.filesByPath, "by their paths"), (.filesByLimit, "by the limit")])
    ]
    if self[.groups] > 0 {
      parts.append(
        part(
          "row groups", .groups,
          [
            (.groupsByStatistics, "by statistics"), (.groupsByBloomFilter, "by bloom filters"),
            (.groupsByPageIndex, "by the page index"), (.groupsByLimit, "by the limit"),
          ]))
    }
    if self[.pages] > 0 {
      let late = self[.pages] - self[.pagesByPageIndex] - self[.pagesOpened]
      var text = "pages read \(self[.pagesOpened]) of \(self[.pages])"
      if self[.pagesByPageIndex] > 0 {
        text += ", pruned \(self[.pagesByPageIndex]) by the page index"
      }
      if late > 0 { text += ", \(late) not needed" }
      parts.append(text)
    }
    return parts.joined(separator: "; ")
  }

  private func part(_ what: String, _ total: Item, _ pruned: [(Item, String)]) -> String {
    let found = pruned.filter { self[$0.0] > 0 }
    let left = self[total] - found.reduce(0) { $0 + self[$1.0] }
    let text = "\(what) read \(left) of \(self[total])"
    guard !found.isEmpty else { return text }
    return text + ", pruned " + found.map { "\(self[$0.0]) \($0.1)" }.joined(separator: ", ")
  }
}
