/// Puts what threads make of morsels into the order of the rows.
struct MorselOrder<Element> {
  /// What came of morsels whose turn has not come.
  private var early: [Int: [Element]] = [:]
  private var ended: Set<Int> = []
  private var next = 0

  /// Takes what came of a morsel; gives it back if it is its turn.
  mutating func add(_ element: Element, sequence: Int) -> Element? {
    if sequence == next { return element }
    early[sequence, default: []].append(element)
    return nil
  }

  /// Notes that all has come of a morsel; gives what it held up.
  mutating func end(_ sequence: Int) -> [Element] {
    var ready: [Element] = []
    ended.insert(sequence)
    while ended.remove(next) != nil {
      next += 1
      ready += early.removeValue(forKey: next) ?? []
    }
    return ready
  }
}
