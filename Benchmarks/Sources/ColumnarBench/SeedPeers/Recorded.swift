/// A value that records hold under the name `result`, as dictionaries do in Python.
protocol Recorded: Digestible {
  associatedtype Record: Codable
  static func result(of record: Record) -> Self
}

extension String: Recorded {
  struct Record: Codable {
    let result: String
  }
  static func result(of record: Record) -> String { record.result }
}

extension Int: Recorded {
  struct Record: Codable {
    let result: Int
  }
  static func result(of record: Record) -> Int { record.result }
}

extension Double: Recorded {
  struct Record: Codable {
    let result: Double
  }
  static func result(of record: Record) -> Double { record.result }
}
