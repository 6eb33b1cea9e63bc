extension Column {
  /// Dates, timestamps and durations in another unit, or dates as timestamps and back.
  func recounted(as target: DataType, _ strict: Bool) throws -> Column {
    switch (type.kind, target.kind) {
    case (.date, .timestamp(let unit, _)):
      let perDay = unit.perSecond * 86_400
      return try converted(to: target, strict, Int32.self, Int64.self) { days in
        let (value, overflow) = Int64(days).multipliedReportingOverflow(by: perDay)
        return (value, !overflow)
      }
    case (.timestamp(let unit, _), .date):
      let perDay = unit.perSecond * 86_400
      return try converted(to: target, strict, Int64.self, Int32.self) { instant in
        let days = flooredQuotient(instant, perDay)
        let result = Int32(truncatingIfNeeded: days)
        return (result, Int64(result) == days)
      }
    case (.timestamp(let from, _), .timestamp(let to, _)):
      return try rescaled(target, strict, from, to, flooredQuotient)
    case (.duration(let from), .duration(let to)):
      return try rescaled(target, strict, from, to) { $0 / $1 }
    default:
      throw undefined("A cast to \(target)", [type], hint: "Go by way of integers.")
    }
  }

  @inline(__always)
  private func rescaled(
    _ target: DataType, _ strict: Bool, _ from: TimeUnit, _ to: TimeUnit,
    _ divide: (Int64, Int64) -> Int64
  ) throws -> Column {
    if from == to { return reinterpreted(as: target) }
    if to.perSecond > from.perSecond {
      let factor = to.perSecond / from.perSecond
      return try converted(to: target, strict, Int64.self, Int64.self) { value in
        let (result, overflow) = value.multipliedReportingOverflow(by: factor)
        return (result, !overflow)
      }
    }
    let divisor = from.perSecond / to.perSecond
    return try converted(to: target, strict, Int64.self, Int64.self) { (divide($0, divisor), true) }
  }
}

/// The quotient rounded down, by a divisor above zero.
@inline(__always)
func flooredQuotient(_ value: Int64, _ divisor: Int64) -> Int64 {
  let quotient = value / divisor
  return value &- quotient &* divisor < 0 ? quotient &- 1 : quotient
}
