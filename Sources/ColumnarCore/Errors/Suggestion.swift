/// Did-you-mean: the known name nearest to a wrong one.
package enum Suggestion {
  /// The candidate nearest to `name` by edit distance, if near enough to be a likely slip.
  package static func nearest(to name: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(name.lowercased().unicodeScalars)
    // A slip changes a letter in three; what changes more is another word. Of names of one or two
    // letters only the case is a slip.
    let limit = wanted.count / 3
    var best: (distance: Int, name: String)?
    for candidate in candidates {
      let distance = editDistance(wanted, Array(candidate.lowercased().unicodeScalars))
      if distance <= limit, distance < best?.distance ?? .max { best = (distance, candidate) }
    }
    return best?.name
  }

  /// A sentence for an error's end: the nearest name if there is one, else the known names.
  package static func hint(for name: String, among candidates: [String], what: String) -> String {
    if let near = nearest(to: name, among: candidates) { return "Did you mean \"\(near)\"?" }
    guard !candidates.isEmpty else { return "There are no \(what)." }
    let shown = candidates.prefix(10).map { "\"\($0)\"" }.joined(separator: ", ")
    return "The \(what) are \(shown)\(candidates.count > 10 ? ", …" : "")."
  }

  /// Optimal string alignment distance: insert, delete, replace, swap of neighbours.
  private static func editDistance(_ a: [Unicode.Scalar], _ b: [Unicode.Scalar]) -> Int {
    if a.isEmpty || b.isEmpty { return max(a.count, b.count) }
    var beforePrevious = [Int](repeating: 0, count: b.count + 1)
    var previous = Array(0...b.count)
    for i in 1...a.count {
      var current = [i] + [Int](repeating: 0, count: b.count)
      for j in 1...b.count {
        let same = a[i - 1] == b[j - 1]
        current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (same ? 0 : 1))
        if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
          current[j] = min(current[j], beforePrevious[j - 2] + 1)
        }
      }
      (beforePrevious, previous) = (previous, current)
    }
    return previous[b.count]
  }
}
