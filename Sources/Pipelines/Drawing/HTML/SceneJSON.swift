/// What the page's script needs of a scene: numbers only.
struct SceneJSON {
  private let options: DrawingOptions

  init(_ options: DrawingOptions) { self.options = options }

  func text(_ level: SceneLevel) -> String {
    """
    {"isDown":\(options.direction == .topDown),"boxGap":\(number(Metrics.boxGap)),\
    "passGap":\(number(Metrics.passGap)),"edgeGap":\(number(Metrics.edgeGap)),\
    "layerGap":\(number(Metrics.layerGap)),"widestLayerGap":\(number(Metrics.widestLayerGap)),\
    "slope":\(number(Metrics.slope)),"padding":\(number(Metrics.padding)),\
    "arrow":\(number(Metrics.arrow)),"margin":\(number(Metrics.margin)),
    "level":\(json(level))}
    """
  }

  private func json(_ level: SceneLevel) -> String {
    let layers = level.layers.map { "[\($0.map(String.init).joined(separator: ","))]" }
    return "{\"id\":\(level.id),\"slots\":\(level.slotCount),"
      + "\"layers\":[\(layers.joined(separator: ","))],\n"
      + "\"items\":[\(level.items.map(json).joined(separator: ",\n"))],\n"
      + "\"edges\":[\(level.edges.map(json).joined(separator: ","))]}"
  }

  private func json(_ item: SceneItem) -> String {
    var fields = [
      "\"id\":\(item.id)", "\"cross\":\(number(item.size.cross))",
      "\"flow\":\(number(item.size.flow))", "\"reserve\":\(number(item.reserve))",
      "\"before\":\(number(item.before))", "\"after\":\(number(item.after))",
      "\"drop\":\(number(item.drop))", "\"isTitle\":\(item.role == .title)",
      "\"into\":[\(item.inPorts.map(json).joined(separator: ","))]",
      "\"outOf\":[\(item.outPorts.map(json).joined(separator: ","))]",
    ]
    if let child = item.child {
      fields.append("\"isExpanded\":\(item.isExpanded)")
      fields.append("\"level\":\(json(child))")
    }
    return "{\(fields.joined(separator: ","))}"
  }

  private func json(_ port: ScenePort) -> String {
    let inner = port.inner.map(String.init) ?? "-1"
    return "{\"offset\":\(number(port.offset)),\"inner\":\(inner),"
      + "\"label\":\(number(port.label.isEmpty ? 0 : port.extent.flow))}"
  }

  private func json(_ edge: SceneEdge) -> String {
    "{\"id\":\(edge.id),\"source\":\(edge.source),\"outOf\":\(edge.sourcePort),"
      + "\"target\":\(edge.target),\"into\":\(edge.targetPort),"
      + "\"chain\":[\(edge.chain.map(String.init).joined(separator: ","))]}"
  }

  private func number(_ value: Double) -> String { PlainNumber.text(value) }
}
