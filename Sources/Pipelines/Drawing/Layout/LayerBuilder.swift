/// Arranges the items of a level in layers, and the ports of each item in the order of their edges.
struct LayerBuilder {
  private let index: ItemIndex
  private let outer: SceneBuilder.OuterPorts
  private let isNested: Bool

  init(_ index: ItemIndex, _ outer: SceneBuilder.OuterPorts, isNested: Bool) {
    self.index = index
    self.outer = outer
    self.isNested = isNested
  }

  func arrange(_ level: inout SceneLevel) {
    let assigned = assign(&level)
    var slots = level.items.count
    var layers = [[Int]](repeating: [], count: (assigned.max() ?? -1) + 1)
    for item in startOrder(level) where level.items[item].role != .title {
      layers[assigned[item]].append(item)
    }
    var links: [(from: Int, to: Int)] = []
    for edge in level.edges.indices {
      let (source, target) = (level.edges[edge].source, level.edges[edge].target)
      var chain = [source]
      for layer in (assigned[source] + 1)..<assigned[target] {
        chain.append(slots)
        layers[layer].append(slots)
        slots += 1
      }
      chain.append(target)
      level.edges[edge].chain = chain
      links += zip(chain, chain.dropFirst()).map { ($0, $1) }
    }
    level.slotCount = slots
    level.layers = ordered(layers, slots, links)
    sortPorts(&level)
    if isNested, !level.items.isEmpty {
      if level.layers.isEmpty { level.layers = [[]] }
      level.layers[0].insert(0, at: 0)
    }
  }

  /// The layer of each item; edges that would close a circle are taken out.
  private func assign(_ level: inout SceneLevel) -> [Int] {
    var first = Set(outer.inputs.keys.compactMap { index.inputs[$0] })
    if isNested { first.insert(0) }
    let assignment = LayerAssignment(
      count: level.items.count, arcs: level.edges.map { ($0.source, $0.target) }, first: first,
      last: isNested ? Set(index.outputs.values) : [])
    level.edges = zip(level.edges, assignment.isKept).filter(\.1).map(\.0)
    return assignment.layers
  }

  /// Items as they are met on the way along edges, so that what belongs together starts together.
  private func startOrder(_ level: SceneLevel) -> [Int] {
    var next = [[Int]](repeating: [], count: level.items.count)
    for edge in level.edges { next[edge.source].append(edge.target) }
    var seen = [Bool](repeating: false, count: level.items.count)
    var order: [Int] = []
    for start in level.items.indices where !seen[start] {
      var stack = [start]
      while let item = stack.popLast() {
        guard !seen[item] else { continue }
        seen[item] = true
        order.append(item)
        stack += next[item].reversed()
      }
    }
    return order
  }

  /// The layers in an order with few crossings; the edges around a nested pipeline count as if they
  /// came from, and led to, one more layer.
  private func ordered(
    _ layers: [[Int]], _ slotCount: Int, _ links: [(from: Int, to: Int)]
  ) -> [[Int]] {
    var (layers, links, slots) = (layers, links, slotCount)
    let inputs = sorted(outer.inputs, index.inputs)
    let outputs = sorted(outer.outputs, index.outputs)
    if !inputs.isEmpty {
      layers.insert(Array(slots..<slots + inputs.count), at: 0)
      for (place, item) in inputs.enumerated() { links.append((slots + place, item)) }
      slots += inputs.count
    }
    if !outputs.isEmpty {
      layers.append(Array(slots..<slots + outputs.count))
      for (place, item) in outputs.enumerated() { links.append((item, slots + place)) }
      slots += outputs.count
    }
    let order = LayerOrder(
      layers: layers, slotCount: slots, links: links, isFixedFirst: !inputs.isEmpty,
      isFixedLast: !outputs.isEmpty)
    return Array(
      order.layers.dropFirst(inputs.isEmpty ? 0 : 1).dropLast(outputs.isEmpty ? 0 : 1))
  }

  private func sorted(_ places: [String: Int], _ items: [String: Int]) -> [Int] {
    places.sorted { $0.value < $1.value }.compactMap { items[$0.key] }
  }

  /// Puts ports in the order of where their edges come from or lead to.
  private func sortPorts(_ level: inout SceneLevel) {
    var place = [Double](repeating: 0, count: level.slotCount)
    for layer in level.layers {
      for (position, slot) in layer.enumerated() { place[slot] = Double(position) }
    }
    for item in level.items.indices {
      let incoming = level.edges.indices.filter { level.edges[$0].target == item }
      let outgoing = level.edges.indices.filter { level.edges[$0].source == item }
      let newIn = Self.places(
        level.items[item].inPorts.count,
        incoming.map {
          (level.edges[$0].targetPort, place[level.edges[$0].chain.dropLast().last ?? 0])
        })
      let newOut = Self.places(
        level.items[item].outPorts.count,
        outgoing.map {
          (level.edges[$0].sourcePort, place[level.edges[$0].chain.dropFirst().first ?? 0])
        })
      for edge in incoming { level.edges[edge].targetPort = newIn[level.edges[edge].targetPort] }
      for edge in outgoing { level.edges[edge].sourcePort = newOut[level.edges[edge].sourcePort] }
      level.items[item].inPorts = Self.moved(level.items[item].inPorts, newIn)
      level.items[item].outPorts = Self.moved(level.items[item].outPorts, newOut)
    }
  }

  /// The new place of each port, by the mean place of the other ends of its edges.
  private static func places(_ count: Int, _ ends: [(port: Int, place: Double)]) -> [Int] {
    var sums = [(sum: Double, count: Double)](repeating: (0, 0), count: count)
    for end in ends { sums[end.port] = (sums[end.port].sum + end.place, sums[end.port].count + 1) }
    let means = sums.map { $0.count > 0 ? $0.sum / $0.count : 0 }
    let order = means.indices.sorted { (means[$0], $0) < (means[$1], $1) }
    var result = [Int](repeating: 0, count: count)
    for (new, old) in order.enumerated() { result[old] = new }
    return result
  }

  private static func moved(_ ports: [ScenePort], _ places: [Int]) -> [ScenePort] {
    var result = ports
    for (old, new) in places.enumerated() { result[new] = ports[old] }
    return result
  }
}
