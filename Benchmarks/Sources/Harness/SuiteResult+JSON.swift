import Foundation

extension SuiteResult {
  /// The result in the form that the results page and the charts read.
  func json(_ machine: Machine) -> String {
    let head = [
      "\"suite\": \(JSON.text(suite))", "\"machine\": \(JSON.text(machine.line))",
      "\"threads\": \(machine.threads)", "\"version\": \(JSON.text(machine.version))",
    ].joined(separator: ", ")
    let lines = cases.map { "  \($0.json)" }.joined(separator: ",\n")
    return "{\(head),\n \"cases\": [\n\(lines)\n]}\n"
  }

  /// Writes `SUITE.json` into a folder and gives its path.
  public func write(to folder: String, _ machine: Machine) throws -> String {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let path = "\(folder)/\(suite).json"
    try json(machine).write(toFile: path, atomically: true, encoding: .utf8)
    return path
  }
}

extension CaseResult {
  fileprivate var json: String {
    let others = references.map { "\(JSON.text($0.label)): \(JSON.number($0.milliseconds))" }
    let ratios = ratios.map { "\(JSON.text($0.label)): \(JSON.number($0.ratio))" }
    return "{"
      + [
        "\"case\": \(JSON.text(name))", "\"rows\": \(rows)", "\"unit\": \"ms\"",
        "\"runs\": \(times.count)", "\"median\": \(JSON.number(times.median))",
        "\"min\": \(JSON.number(times.min))", "\"max\": \(JSON.number(times.max))",
        "\"references\": {\(others.joined(separator: ", "))}",
        "\"ratios\": {\(ratios.joined(separator: ", "))}",
        "\"target\": \(target.map(JSON.text) ?? "null")",
        "\"met\": \(met.map { "\($0)" } ?? "null")",
      ].joined(separator: ", ") + "}"
  }
}

private enum JSON {
  static func text(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case _ where scalar.value < 32: result += String(format: "\\u%04x", scalar.value)
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  /// Five digits are more than a measurement has.
  static func number(_ number: Double) -> String {
    guard number.isFinite else { return "null" }
    if number == number.rounded(), abs(number) < 1e6 { return "\(Int(number))" }
    let digits = max(0, 4 - Int(log10(max(abs(number), 1e-6)).rounded(.down)))
    return String(format: "%.\(digits)f", number)
  }
}
