/// Which layer each item of a level stands in, so that every arc leads to a later one.
struct LayerAssignment {
  /// The layer of each item.
  private(set) var layers: [Int]
  /// Whether each arc is drawn: those that close a circle are not.
  let isKept: [Bool]

  /// - Parameters:
  ///   - first: items without arcs into them that must stand in the first layer.
  ///   - last: items without arcs out of them that must stand in the last layer.
  init(count: Int, arcs: [(from: Int, to: Int)], first: Set<Int>, last: Set<Int>) {
    var outgoing = [[Int]](repeating: [], count: count)
    for (index, arc) in arcs.enumerated() { outgoing[arc.from].append(index) }
    var order = TopologicalOrder(arcs: arcs, outgoing: outgoing)
    order.run()
    isKept = order.isKept
    layers = [Int](repeating: 0, count: count)
    for item in order.items {
      for arc in outgoing[item] where isKept[arc] {
        layers[arcs[arc].to] = max(layers[arcs[arc].to], layers[item] + 1)
      }
    }
    pullDown(order.items, arcs, outgoing, except: first)
    let end = layers.max() ?? 0
    for item in last { layers[item] = end }
  }

  /// Moves items that more leads out of than into towards what takes them: edges get shorter.
  private mutating func pullDown(
    _ order: [Int], _ arcs: [(from: Int, to: Int)], _ outgoing: [[Int]], except fixed: Set<Int>
  ) {
    var incoming = [Int](repeating: 0, count: layers.count)
    for (index, arc) in arcs.enumerated() where isKept[index] { incoming[arc.to] += 1 }
    for item in order.reversed() where !fixed.contains(item) {
      let targets = outgoing[item].filter { isKept[$0] }.map { layers[arcs[$0].to] }
      guard let nearest = targets.min(), targets.count > incoming[item] else { continue }
      layers[item] = max(layers[item], nearest - 1)
    }
  }
}

/// An order in which arcs lead forwards, and the arcs that can't because they close a circle.
private struct TopologicalOrder {
  let arcs: [(from: Int, to: Int)]
  let outgoing: [[Int]]
  private(set) var items: [Int] = []
  private(set) var isKept: [Bool]
  private var state: [UInt8]

  init(arcs: [(from: Int, to: Int)], outgoing: [[Int]]) {
    self.arcs = arcs
    self.outgoing = outgoing
    isKept = [Bool](repeating: true, count: arcs.count)
    state = [UInt8](repeating: 0, count: outgoing.count)
  }

  mutating func run() {
    for item in outgoing.indices { visit(item) }
    items.reverse()
  }

  /// Depth first with a stack of its own: a chain may be long.
  private mutating func visit(_ start: Int) {
    guard state[start] == 0 else { return }
    state[start] = 1
    var stack = [(item: start, next: 0)]
    while let top = stack.last {
      guard top.next < outgoing[top.item].count else {
        state[top.item] = 2
        items.append(top.item)
        stack.removeLast()
        continue
      }
      stack[stack.count - 1].next += 1
      let arc = outgoing[top.item][top.next]
      let target = arcs[arc].to
      if state[target] == 1 { isKept[arc] = false }
      if state[target] == 0 {
        state[target] = 1
        stack.append((target, 0))
      }
    }
  }
}
