/// The order within each layer, chosen for few crossings.
///
/// Slots are items, and in each layer that an edge only passes a place for it. Sweeps up and down
/// sort each layer by the mean place of its neighbours in the one before (Sugiyama), then
/// neighbours change places as long as that saves crossings. The same input gives the same order.
struct LayerOrder {
  private(set) var layers: [[Int]]
  private var place: [Int]
  private let above: [[Int]]
  private let below: [[Int]]
  /// Layers at the ends whose order is given.
  private let isFixedFirst: Bool
  private let isFixedLast: Bool

  init(
    layers: [[Int]], slotCount: Int, links: [(from: Int, to: Int)], isFixedFirst: Bool,
    isFixedLast: Bool
  ) {
    self.layers = layers
    self.isFixedFirst = isFixedFirst
    self.isFixedLast = isFixedLast
    place = [Int](repeating: 0, count: slotCount)
    var above = [[Int]](repeating: [], count: slotCount)
    var below = above
    for link in links {
      above[link.to].append(link.from)
      below[link.from].append(link.to)
    }
    self.above = above
    self.below = below
    for layer in layers.indices { number(layer) }
    minimize()
  }

  private var movable: Range<Int> {
    let start = isFixedFirst ? 1 : 0
    return start..<max(start, layers.count - (isFixedLast ? 1 : 0))
  }

  private mutating func number(_ layer: Int) {
    for (position, slot) in layers[layer].enumerated() { place[slot] = position }
  }

  private mutating func minimize() {
    var best = layers
    var fewest = crossings
    var idle = 0
    for round in 0..<24 where fewest > 0 && idle < 6 {
      if round.isMultiple(of: 2) {
        for layer in movable where layer > 0 { sort(layer, by: above) }
      } else {
        for layer in movable.reversed() where layer < layers.count - 1 { sort(layer, by: below) }
      }
      if round > 3 { exchange() }
      let now = crossings
      idle = now < fewest ? 0 : idle + 1
      if now < fewest { (best, fewest) = (layers, now) }
    }
    layers = best
    for layer in layers.indices { number(layer) }
    exchange()
  }

  /// Sorts a layer by the mean place of its neighbours on one side; a slot without any stays about
  /// where it is.
  private mutating func sort(_ layer: Int, by neighbours: [[Int]]) {
    let keys = layers[layer].map { slot -> Double in
      let others = neighbours[slot]
      if others.isEmpty { return Double(place[slot]) }
      return Double(others.reduce(0) { $0 + place[$1] }) / Double(others.count)
    }
    let order = keys.indices.sorted { (keys[$0], $0) < (keys[$1], $1) }
    layers[layer] = order.map { layers[layer][$0] }
    number(layer)
  }

  /// Lets neighbours change places where that saves crossings.
  private mutating func exchange() {
    for _ in 0..<8 {
      var isBetter = false
      for layer in movable {
        for position in layers[layer].indices.dropLast() {
          let left = layers[layer][position]
          let right = layers[layer][position + 1]
          let now = crossed(above[left], above[right]) + crossed(below[left], below[right])
          let then = crossed(above[right], above[left]) + crossed(below[right], below[left])
          guard then < now else { continue }
          layers[layer].swapAt(position, position + 1)
          place[left] = position + 1
          place[right] = position
          isBetter = true
        }
      }
      if !isBetter { return }
    }
  }

  /// The crossings of the links of two slots, the first of which stands to the left.
  private func crossed(_ left: [Int], _ right: [Int]) -> Int {
    var count = 0
    for a in left { for b in right where place[a] > place[b] { count += 1 } }
    return count
  }

  /// The number of crossings.
  var crossings: Int {
    layers.dropLast().indices.reduce(0) { $0 + crossings(below: $1) }
  }

  /// Those between a layer and the next: pairs out of order, counted in a tree of sums.
  private func crossings(below layer: Int) -> Int {
    let width = layers[layer + 1].count
    var sums = [Int](repeating: 0, count: width + 1)
    var seen = 0
    var count = 0
    for slot in layers[layer] {
      let places = below[slot].map { place[$0] }.sorted()
      for target in places {
        var index = target + 1
        var notAfter = 0
        while index > 0 {
          notAfter += sums[index]
          index &= index - 1
        }
        count += seen - notAfter
      }
      for target in places {
        var index = target + 1
        while index <= width {
          sums[index] += 1
          index += index & -index
        }
        seen += 1
      }
    }
    return count
  }
}
