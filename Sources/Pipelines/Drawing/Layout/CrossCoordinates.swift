/// The places of slots across the flow: each as near as can be to those it is linked to, in order
/// and at their distances, with long edges straight.
struct CrossCoordinates {
  private let layers: [[Int]]
  private let widths: [Double]
  private let itemCount: Int
  private(set) var middles: [Double]
  private var above: [[Pull]]
  private var below: [[Pull]]
  private var chains: [[Int]] = []

  /// A neighbour in the next layer, where it wants the slot to be relative to itself, and how much.
  private struct Pull {
    let slot: Int
    let offset: Double
    let weight: Double
  }

  init(_ level: SceneLevel, _ widths: [Double]) {
    layers = level.layers
    self.widths = widths
    itemCount = level.items.count
    middles = [Double](repeating: 0, count: level.slotCount)
    above = [[Pull]](repeating: [], count: level.slotCount)
    below = above
    for layer in layers {
      var cross = 0.0
      for (position, slot) in layer.enumerated() {
        if position > 0 { cross += distance(layer[position - 1], slot) }
        middles[slot] = cross
      }
      for slot in layer { middles[slot] -= cross / 2 }
    }
  }

  /// Links the slots of an edge, whose ends are at those offsets from the middles.
  mutating func link(_ chain: [Int], from start: Double, to end: Double) {
    for index in chain.indices.dropLast() {
      let (a, b) = (chain[index], chain[index + 1])
      let offset =
        (index == 0 ? start : 0) - (index == chain.count - 2 ? end : 0)
      let passes = (a < itemCount ? 0 : 1) + (b < itemCount ? 0 : 1)
      let weight = passes == 2 ? 8.0 : passes == 1 ? 2.0 : 1.0
      above[b].append(Pull(slot: a, offset: offset, weight: weight))
      below[a].append(Pull(slot: b, offset: -offset, weight: weight))
    }
    if chain.count > 2 { chains.append(Array(chain.dropFirst().dropLast())) }
  }

  mutating func run() {
    for round in 0..<20 {
      let takesBoth = round >= 8
      for layer in layers.indices { settle(layer, up: true, down: takesBoth) }
      for layer in layers.indices.reversed() { settle(layer, up: takesBoth, down: true) }
    }
    straighten()
    snapLeaves()
  }

  /// The least distance of the middles of two slots that stand beside each other.
  private func distance(_ left: Int, _ right: Int) -> Double {
    let passes = (left < itemCount ? 0 : 1) + (right < itemCount ? 0 : 1)
    let gap =
      passes == 2 ? Metrics.edgeGap : passes == 1 ? Metrics.passGap : Metrics.boxGap
    return (widths[left] + widths[right]) / 2 + gap
  }

  /// Places the slots of a layer with the least sum of squared distances from where their
  /// neighbours want them: a regression that keeps the order, by pooling those that would overlap.
  private mutating func settle(_ layer: Int, up: Bool, down: Bool) {
    let slots = layers[layer]
    var pools: [(mean: Double, weight: Double, count: Int)] = []
    var shifts: [Double] = []
    var shift = 0.0
    for (position, slot) in slots.enumerated() {
      if position > 0 { shift += distance(slots[position - 1], slot) }
      shifts.append(shift)
      var (sum, weight) = (middles[slot] * 0.01, 0.01)
      for pull in (up ? above[slot] : []) + (down ? below[slot] : []) {
        sum += (middles[pull.slot] + pull.offset) * pull.weight
        weight += pull.weight
      }
      pools.append((sum / weight - shift, weight, 1))
      while pools.count > 1, pools[pools.count - 2].mean > pools[pools.count - 1].mean {
        let last = pools.removeLast()
        let before = pools.removeLast()
        let total = before.weight + last.weight
        let mean = (before.mean * before.weight + last.mean * last.weight) / total
        pools.append((mean, total, before.count + last.count))
      }
    }
    var position = 0
    for pool in pools {
      for _ in 0..<pool.count {
        middles[slots[position]] = pool.mean + shifts[position]
        position += 1
      }
    }
  }

  /// Puts items with a single link right where it wants them, if there is room.
  private mutating func snapLeaves() {
    for slots in layers {
      for (index, slot) in slots.enumerated() where slot < itemCount {
        let pulls = above[slot] + below[slot]
        guard pulls.count == 1, let pull = pulls.first else { continue }
        let range = room(slots, index)
        middles[slot] = min(max(middles[pull.slot] + pull.offset, range.low), range.high)
      }
    }
  }

  /// Where the slot can be between its neighbours.
  private func room(_ slots: [Int], _ index: Int) -> (low: Double, high: Double) {
    let slot = slots[index]
    let low =
      index > 0 ? middles[slots[index - 1]] + distance(slots[index - 1], slot) : -.infinity
    let high =
      index < slots.count - 1
      ? middles[slots[index + 1]] - distance(slot, slots[index + 1]) : .infinity
    return (low, max(low, high))
  }

  /// Sets the places that an edge passes through one under the other as far as there is room.
  private mutating func straighten() {
    var position = [Int](repeating: 0, count: middles.count)
    var layerOf = position
    for (layer, slots) in layers.enumerated() {
      for (index, slot) in slots.enumerated() {
        position[slot] = index
        layerOf[slot] = layer
      }
    }
    for chain in chains {
      var run: [Int] = []
      var (low, high) = (-Double.infinity, Double.infinity)
      for slot in chain {
        let (least, most) = room(layers[layerOf[slot]], position[slot])
        if max(low, least) > min(high, most) + 1e-6 {
          align(run, low, high)
          (run, low, high) = ([], -.infinity, .infinity)
        }
        run.append(slot)
        (low, high) = (max(low, least), min(high, most))
      }
      align(run, low, high)
    }
  }

  private mutating func align(_ run: [Int], _ low: Double, _ high: Double) {
    guard !run.isEmpty else { return }
    let mean = run.reduce(0) { $0 + middles[$1] } / Double(run.count)
    let target = min(max(mean, low), max(low, high))
    for slot in run { middles[slot] = target }
  }
}
