import ColumnarCore

/// The oldest way to write an instant: nanoseconds of a day, and the day.
struct Int96: BitwiseCopyable {
  /// Of the day, in two halves.
  let low: UInt32
  let high: UInt32
  /// The number of the day in the Julian calendar's count.
  let day: UInt32

  /// The day that 1970 began with.
  private static let epoch: Int64 = 2_440_588
  private static let nanosecondsOfDay: Int128 = 86_400_000_000_000

  /// Since 1970, the earlier one of a fraction; nil if it is too far away.
  func instant(_ unit: TimeUnit) -> Int64? {
    let ofDay = Int64(bitPattern: UInt64(high) &<< 32 | UInt64(low))
    let nanoseconds = Int128(Int64(day) &- Self.epoch) * Self.nanosecondsOfDay + Int128(ofDay)
    guard unit != .nanosecond else { return Int64(exactly: nanoseconds) }
    let (whole, rest) = nanoseconds.quotientAndRemainder(
      dividingBy: Int128(1_000_000_000 / unit.perSecond))
    return Int64(exactly: rest < 0 ? whole - 1 : whole)
  }

  /// Values as instants; what stands under nulls means nothing.
  static func instants(
    _ values: Buffer, _ unit: TimeUnit, _ validity: Bitmap?, _ count: Int,
    _ origin: ParquetOrigin
  ) throws -> Buffer {
    var isFar = false
    let made = values.mapped(count) { (value: Int96) -> Int64 in
      let instant = value.instant(unit)
      isFar = isFar || instant == nil
      return instant ?? 0
    }
    guard isFar else { return made }
    let source = values.pointer(as: Int96.self)
    defer { withExtendedLifetime(values) {} }
    for row in 0..<count where validity?.isSet(row) ?? true {
      guard source[row].instant(unit) == nil else { continue }
      let day = Int64(source[row].day) &- epoch
      throw origin.unsupported(
        "has an INT96 instant\(origin.columnText) \(day) days from 1970, which "
          + "\(unit.rawValue) do not reach",
        hint: "Read it with a coarser unit: int96Unit = .microsecond in ParquetReadOptions.")
    }
    return made
  }
}
