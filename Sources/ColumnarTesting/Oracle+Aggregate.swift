import ColumnarCore

extension Oracle {
  /// The aggregate of a group's values in the order of the rows.
  package static func aggregate(
    _ function: AggregateFunction, _ values: [Value], _ result: DataType
  ) throws(Failure) -> Value {
    let present = values.filter { !$0.isNull }
    switch function {
    case .rowCount: return .int(Int64(values.count))
    case .count: return .int(Int64(present.count))
    case .nUnique: return .int(Int64(Set(present).count))
    case .first: return values.first ?? .null
    case .last: return values.last ?? .null
    case .min: return present.min { (order($0, $1) ?? 0) < 0 } ?? .null
    case .max: return present.max { (order($0, $1) ?? 0) < 0 } ?? .null
    case .sum:
      if result.isFloatingPoint { return .double(present.reduce(0) { $0 + number($1) }) }
      let sum = present.reduce(Int128(0)) { $0 + (integer($1) ?? ($1 == .bool(true) ? 1 : 0)) }
      guard let value = value(sum, as: result) else { throw .overflow }
      return value
    case .mean:
      guard !present.isEmpty else { return .null }
      return .double(present.reduce(0) { $0 + number($1) } / Double(present.count))
    case .std(let ddof):
      guard let variance = variance(present, ddof) else { return .null }
      return .double(variance.squareRoot())
    case .variance(let ddof):
      return variance(present, ddof).map { .double($0) } ?? .null
    }
  }

  private static func variance(_ present: [Value], _ ddof: Int) -> Double? {
    guard present.count > ddof, !present.isEmpty else { return nil }
    let mean = present.reduce(0) { $0 + number($1) } / Double(present.count)
    let squares = present.reduce(0) { $0 + (number($1) - mean) * (number($1) - mean) }
    return squares / Double(present.count - ddof)
  }

  private static func number(_ value: Value) -> Double {
    switch value {
    case .int(let x): Double(x)
    case .uint(let x): Double(x)
    case .double(let x): x
    case .bool(let x): x ? 1 : 0
    default: .nan
    }
  }
}
