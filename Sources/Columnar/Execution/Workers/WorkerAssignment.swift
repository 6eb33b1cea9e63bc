import ColumnarCore

/// Which function a worker is to serve, and what both sides must agree on.
struct WorkerAssignment: Sendable {
  /// The version of what the two sides say to each other, and of the package.
  static let version = "columnar 0.1, protocol 3"

  /// The pipeline that the function is a node of; nil for a registered function.
  let pipeline: String?
  /// The name of the function or node.
  let function: String
  /// For each parameter whether it is a state.
  let states: [Bool]
  /// What must be the same on both sides, a line each.
  let signature: [String]
  /// How rows that fail are dealt with.
  let rows: RowOptions

  init(_ run: FunctionRun) {
    let function = run.function
    rows = RowOptions(run.options, detail: run.meter?.detail)
    pipeline = function.origin?.pipeline
    self.function = function.name
    states = function.parameters.map { $0.state != nil }
    signature = Self.signature(function)
  }

  /// What a function is to those who call it: kind, parameters, result, contract.
  static func signature(_ function: UserFunction) -> [String] {
    var lines = [
      version, "\(function.kind.rawValue) function", "contract \(function.contract.rawValue)",
      function.isElementwise ? "elementwise" : "not elementwise",
    ]
    for (k, parameter) in function.parameters.enumerated() {
      var name = "parameter \(k + 1)"
      if let names = function.origin?.inputs, k < names.count { name += " \"\(names[k])\"" }
      if let state = parameter.state {
        var text = "\(name): state \(parameter.swiftName) \"\(state.name)\""
        if state.isShared { text += ", shared" }
        if parameter.isBound { text += ", bound in the pipeline" }
        if let version = state.version { text += ", version \(version)" }
        lines.append(text)
      } else {
        lines.append("\(name): \(parameter.swiftName), stored as \(parameter.type)")
      }
    }
    return lines + ["result: \(function.resultType)"]
  }

  /// `embed/encode`, or the name of a registered function.
  var name: String { pipeline.map { "\($0)/\(function)" } ?? function }

  /// An error if the worker's function differs from the program's.
  func check(_ found: UserFunction) throws {
    let there = Self.signature(found)
    guard there != signature else { return }
    let lines = (0..<max(there.count, signature.count)).map { k in
      (k < signature.count ? signature[k] : "nothing", k < there.count ? there[k] : "nothing")
    }
    let (mine, other) = lines.first { $0 != $1 } ?? ("", "")
    throw ColumnarError(
      .invalidPlan,
      "\"\(name)\" is not the same in the program and in its worker process: here \(mine), there \(other). "
        + "The pipelines given to Worker.serveIfAsked must be those that run; what changes from run to "
        + "run enters as an input.", context: [.node(function)])
  }

  // MARK: On the wire

  func write(to writer: inout WireWriter) {
    writer.write(pipeline) { $0.write($1) }
    writer.write(function)
    writer.write(states.count)
    for isState in states { writer.write(isState) }
    writer.write(signature)
    rows.write(to: &writer)
  }

  init(_ reader: inout WireReader) throws {
    pipeline = try reader.optional { try $0.string() }
    function = try reader.string()
    states = try (0..<reader.length()).map { _ in try reader.bool() }
    signature = try reader.strings()
    rows = try RowOptions(&reader)
  }
}
