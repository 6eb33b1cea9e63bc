import ColumnarTesting
import Testing

@testable import Pipelines

/// Where boxes, edges and labels stand: nothing on top of anything else.
@Suite struct LayoutTests {
  @Test func nothingOverlapsInKnownGraphs() {
    for graph in [
      GraphDescription("empty"), GraphDescription("one", nodes: [.init("only", .row)]),
      DrawingSamples.chain(1), DrawingSamples.chain(40), DrawingSamples.diamond,
      DrawingSamples.fanOut(20), DrawingSamples.nested, DrawingSamples.longNames,
    ] {
      check(graph, "\(graph.name)")
    }
  }

  @Test(arguments: 1...12) func nothingOverlapsInRandomGraphs(seed: UInt64) {
    var generator = SeededGenerator(seed: seed)
    let count = Int.random(in: 0...60, using: &generator)
    check(
      DrawingSamples.random(count, depth: 2, using: &generator), "seed \(seed), \(count) nodes")
  }

  @Test func twoHundredNodes() {
    var generator = SeededGenerator(seed: 200)
    check(DrawingSamples.random(200, depth: 1, using: &generator), "200 nodes")
  }

  @Test func longEdgesAreStraight() throws {
    var graph = DrawingSamples.chain(6)
    graph.edges.append(.init(.input("text"), .node("step5", port: "text"), "text", "String"))
    let placed = placement(graph, .init())
    let edge = try #require(placed.level.edges.last)
    #expect(edge.chain.count == 7)
    let passes = edge.chain.dropFirst().dropLast().map { placed.middles[$0] }
    #expect(Set(passes.map { ($0 * 100).rounded() }).count == 1)
  }

  @Test func aChainIsStraight() {
    let placed = placement(DrawingSamples.chain(8), .init())
    for edge in placed.level.edges {
      let curves = placed.way(edge).filter(\.isCurve).count
      #expect(curves == 0)
    }
  }

  @Test func crossingsAreUndone() {
    // Two layers in opposite order can be drawn without a crossing; a complete pair of two can't.
    let order = LayerOrder(
      layers: [[0, 1, 2, 3], [4, 5, 6, 7]], slotCount: 8,
      links: [(0, 7), (1, 6), (2, 5), (3, 4)], isFixedFirst: false, isFixedLast: false)
    #expect(order.crossings == 0)
    let fixed = LayerOrder(
      layers: [[0, 1, 2, 3], [4, 5, 6, 7]], slotCount: 8,
      links: [(0, 7), (1, 6), (2, 5), (3, 4)], isFixedFirst: true, isFixedLast: false)
    #expect(fixed.layers[0] == [0, 1, 2, 3])
    #expect(fixed.layers[1] == [7, 6, 5, 4])
    let complete = LayerOrder(
      layers: [[0, 1], [2, 3]], slotCount: 4, links: [(0, 2), (0, 3), (1, 2), (1, 3)],
      isFixedFirst: false, isFixedLast: false)
    #expect(complete.crossings == 1)
  }

  @Test func circlesAndLooseEndsAreLeftOut() {
    var graph = DrawingSamples.chain(3)
    graph.edges += [
      .init(.node("step2", port: "step2"), .node("step0", port: "x"), "x", "Int"),
      .init(.node("step1", port: "step1"), .node("step1", port: "x"), "x", "Int"),
      .init(.node("nowhere", port: "x"), .node("step1", port: "x"), "x", "Int"),
      .init(.input("nothing"), .output("nothing"), "x", "Int"),
    ]
    check(graph, "circle")
    #expect(placement(graph, .init()).level.edges.count == 4)
  }

  @Test func textsFitTheirCards() {
    var builder = SceneBuilder(
      DrawingSamples.longNames, .init(overlay: DrawingSamples.nestedRun), isInteractive: false)
    for item in builder.scene(DrawingSamples.longNames).items {
      for line in item.card.lines {
        let start = line.style == .badge || item.role != .node ? line.x - line.width / 2 : line.x
        #expect(start >= 0 && start + line.width <= item.card.width)
        #expect(line.y < item.card.height)
      }
      let badges = item.card.lines.filter { $0.style == .badge }
      if let name = item.card.lines.first, let badge = badges.first, name.style == .name {
        #expect(name.x + name.width < badge.x - badge.width / 2)
      }
    }
  }

  // MARK: Checks

  private func placement(
    _ graph: GraphDescription, _ options: DrawingOptions
  ) -> LevelPlacement {
    var builder = SceneBuilder(graph, options, isInteractive: false)
    return LevelPlacement(builder.scene(graph))
  }

  private func check(_ graph: GraphDescription, _ what: String) {
    for direction in [DrawingOptions.Direction.topDown, .leftRight] {
      for depth in [0, 1, .max] {
        let placed = placement(graph, .init(direction: direction, depth: depth))
        let findings = LayoutCheck().findings(placed)
        #expect(findings.isEmpty, "\(what), \(direction), depth \(depth): \(findings.prefix(5))")
      }
    }
  }
}

/// Looks for what a reader would call ugly or wrong.
struct LayoutCheck {
  struct Area {
    var name: String
    var low: (cross: Double, flow: Double)
    var high: (cross: Double, flow: Double)

    func meets(_ other: Area) -> Bool {
      // Those that only touch don't meet.
      low.cross < other.high.cross - 0.01 && other.low.cross < high.cross - 0.01
        && low.flow < other.high.flow - 0.01 && other.low.flow < high.flow - 0.01
    }

    func holds(_ cross: Double, _ flow: Double) -> Bool {
      cross > low.cross && cross < high.cross && flow > low.flow && flow < high.flow
    }
  }

  func findings(_ placed: LevelPlacement) -> [String] {
    var findings: [String] = []
    let areas = areas(placed)
    for (index, area) in areas.enumerated() {
      for other in areas[(index + 1)...] where area.meets(other) {
        findings.append("\(area.name) is over \(other.name)")
      }
      let isOutside =
        area.low.cross < -0.01 || area.low.flow < -0.01
        || area.high.cross > placed.size.cross + 0.01 || area.high.flow > placed.size.flow + 0.01
      if isOutside { findings.append("\(area.name) is outside its level") }
    }
    let boxes = Array(areas.prefix(placed.boxes.count))
    for edge in placed.level.edges { findings += self.findings(edge, placed, boxes) }
    for child in placed.children { findings += child.map(self.findings) ?? [] }
    return findings
  }

  /// All boxes, then all labels.
  private func areas(_ placed: LevelPlacement) -> [Area] {
    var areas = placed.boxes.enumerated().map { index, box in
      Area(
        name: "box \(index)", low: (box.cross, box.flow),
        high: (box.cross + box.size.cross, box.flow + box.size.flow))
    }
    for (index, item) in placed.level.items.enumerated() {
      let box = placed.boxes[index]
      for port in item.outPorts where !port.label.isEmpty {
        areas.append(
          label(port, placed, index, start: box.flow + box.size.flow + 5, "under"))
      }
      for port in item.inPorts where !port.label.isEmpty {
        areas.append(
          label(
            port, placed, index, start: box.flow - Metrics.arrow - 4 - port.extent.flow, "over"))
      }
    }
    return areas
  }

  private func label(
    _ port: ScenePort, _ placed: LevelPlacement, _ item: Int, start: Double, _ side: String
  ) -> Area {
    let middle = placed.boxes[item].middle + placed.offset(port, of: item)
    let half = port.extent.cross / 2
    return Area(
      name: "label \(port.label) \(side) \(item)", low: (middle - half, start),
      high: (middle + half, start + port.extent.flow))
  }

  /// An edge starts at its source, ends at its target, leads forwards and touches no other box.
  private func findings(
    _ edge: SceneEdge, _ placed: LevelPlacement, _ boxes: [Area]
  ) -> [String] {
    let way = placed.way(edge)
    var findings: [String] = []
    for (a, b) in zip(way, way.dropFirst()) {
      if b.flow < a.flow - 0.01 { findings.append("edge \(edge.id) leads back") }
      for step in 0...12 {
        let (cross, flow) = point(a, b, Double(step) / 12)
        for (index, box) in boxes.enumerated() where box.holds(cross, flow) {
          if index == edge.source || index == edge.target { continue }
          findings.append("edge \(edge.id) cuts through \(box.name)")
        }
      }
    }
    for (step, item) in [(way.first, edge.source), (way.last, edge.target)] {
      let box = boxes[item]
      guard let step, step.cross >= box.low.cross, step.cross <= box.high.cross,
        step.flow >= box.low.flow - 0.01, step.flow <= box.high.flow + 0.01
      else {
        findings.append("edge \(edge.id) misses \(box.name)")
        continue
      }
    }
    return findings
  }

  private func point(
    _ a: LevelPlacement.Step, _ b: LevelPlacement.Step, _ t: Double
  ) -> (Double, Double) {
    guard b.isCurve else {
      return (a.cross + (b.cross - a.cross) * t, a.flow + (b.flow - a.flow) * t)
    }
    let middle = (a.flow + b.flow) / 2
    func bezier(_ p0: Double, _ p1: Double, _ p2: Double, _ p3: Double) -> Double {
      let u = 1 - t
      return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3
    }
    return (
      bezier(a.cross, a.cross, b.cross, b.cross), bezier(a.flow, middle, middle, b.flow)
    )
  }
}
