extension TextParsing {
  /// An ISO 8601 date as days since 1970-01-01: `2024-02-29`, or with a sign and four to twelve
  /// digits of the year.
  @usableFromInline
  package static func date(_ bytes: UnsafeRawBufferPointer) -> Int32? {
    guard var cursor = TextCursor(bytes), let days = cursor.date(), cursor.isAtEnd else {
      return nil
    }
    return Int32(exactly: days)
  }

  /// An ISO 8601 date and time as `unit`s since 1970-01-01T00:00:00.
  ///
  /// `T` or a space between them, then `hh:mm`, optional seconds with an optional fraction, and an
  /// optional `Z` or offset (`+01:00`, `+0100`, `+01`), which is taken off, so that the result is
  /// UTC. A date alone is its midnight.
  ///
  /// Digits of the fraction beyond the unit are cut off. Nil outside the range of 64-bit `unit`s.
  @usableFromInline
  package static func timestamp(_ bytes: UnsafeRawBufferPointer, unit: TimeUnit) -> Int64? {
    guard var cursor = TextCursor(bytes), let days = cursor.date() else { return nil }
    var (seconds, overflow) = days.multipliedReportingOverflow(by: 86_400)
    if overflow || seconds.magnitude > UInt(Int.max) - 1_000_000 { return nil }
    var nanoseconds: Int64 = 0
    if !cursor.isAtEnd {
      guard cursor.take(0x54) || cursor.take(0x20) || cursor.take(0x74),
        let time = cursor.time()
      else { return nil }
      seconds = seconds &+ time
      guard let fraction = cursor.fraction(), let offset = cursor.zone(), cursor.isAtEnd else {
        return nil
      }
      nanoseconds = fraction
      seconds = seconds &- offset
    }
    return joined(Int64(seconds), nanoseconds, unit)
  }

  /// Whole seconds and nanoseconds (not negative) as `unit`s, nil where they do not fit.
  ///
  static func joined(_ seconds: Int64, _ nanoseconds: Int64, _ unit: TimeUnit) -> Int64? {
    let part = nanoseconds / (1_000_000_000 / unit.perSecond)
    // The earliest instants have whole seconds beyond the range, so the sum is done from one second
    // later.
    if seconds < 0, part > 0 {
      let (whole, overflow) = (seconds &+ 1).multipliedReportingOverflow(by: unit.perSecond)
      let (sum, carry) = whole.addingReportingOverflow(part &- unit.perSecond)
      return overflow || carry ? nil : sum
    }
    let (whole, overflow) = seconds.multipliedReportingOverflow(by: unit.perSecond)
    let (sum, carry) = whole.addingReportingOverflow(part)
    return overflow || carry ? nil : sum
  }

  /// An ISO 8601 duration of days and smaller parts, `-P1DT2H3M4.5S`, as `unit`s; weeks (`P2W`) are
  /// taken too.
  ///
  /// Digits of the fraction beyond the unit are cut off. Nil outside the range of 64-bit `unit`s.
  package static func duration(_ bytes: UnsafeRawBufferPointer, unit: TimeUnit) -> Int64? {
    guard var cursor = TextCursor(bytes) else { return nil }
    let negative = cursor.take(0x2D)
    if !negative { _ = cursor.take(0x2B) }
    guard cursor.take(0x50), !cursor.isAtEnd else { return nil }
    var total: Int64 = 0
    var inTime = false
    var last = 0
    while !cursor.isAtEnd {
      if !inTime, cursor.take(0x54) {
        inTime = true
        guard !cursor.isAtEnd else { return nil }
      }
      guard let value = cursor.number(), let fraction = cursor.fraction(),
        let letter = cursor.next(), let (rank, length) = part(letter, inTime), rank > last,
        fraction == 0 || letter == 0x53
      else { return nil }
      last = rank
      // Summed on the negative side, which reaches one further.
      let (seconds, overflow) = value.multipliedReportingOverflow(by: length)
      let (scaled, overflow2) = seconds.multipliedReportingOverflow(by: unit.perSecond)
      let units = fraction / (1_000_000_000 / unit.perSecond)
      let (sum, overflow3) = total.subtractingReportingOverflow(scaled)
      let (rest, overflow4) = sum.subtractingReportingOverflow(units)
      if overflow || overflow2 || overflow3 || overflow4 { return nil }
      total = rest
    }
    guard last > 0 else { return nil }
    if negative { return total }
    return total == .min ? nil : -total
  }

  /// The order and the seconds of a duration's part.
  private static func part(_ letter: UInt8, _ inTime: Bool) -> (rank: Int, seconds: Int64)? {
    switch (letter, inTime) {
    case (0x57, false): (1, 604_800)
    case (0x44, false): (2, 86_400)
    case (0x48, true): (3, 3_600)
    case (0x4D, true): (4, 60)
    case (0x53, true): (5, 1)
    default: nil
    }
  }
}

/// Reads the parts of temporal text one after the other.
struct TextCursor {
  private let start: UnsafeRawPointer
  private let end: Int
  private var at = 0

  init?(_ bytes: UnsafeRawBufferPointer) {
    guard let base = bytes.baseAddress, bytes.count > 0 else { return nil }
    start = base
    end = bytes.count
  }

  var isAtEnd: Bool { at == end }

  @inline(__always)
  mutating func take(_ byte: UInt8) -> Bool {
    guard at < end, start.load(fromByteOffset: at, as: UInt8.self) == byte else { return false }
    at &+= 1
    return true
  }

  mutating func next() -> UInt8? {
    guard at < end else { return nil }
    at &+= 1
    return start.load(fromByteOffset: at &- 1, as: UInt8.self)
  }

  @inline(__always)
  private func digit(_ position: Int) -> Int {
    Int(start.load(fromByteOffset: position, as: UInt8.self) &- 0x30)
  }

  /// Exactly two digits.
  @inline(__always)
  mutating func twoDigits() -> Int? {
    guard at &+ 2 <= end else { return nil }
    let (tens, ones) = (digit(at), digit(at &+ 1))
    guard tens <= 9, ones <= 9 else { return nil }
    at &+= 2
    return tens &* 10 &+ ones
  }

  /// One or more digits, as far as they fit 64 bits.
  mutating func number() -> Int64? {
    let first = at
    while at < end, digit(at) <= 9 { at += 1 }
    guard let value = TextParsing.magnitude(start + first, at - first) else { return nil }
    return Int64(exactly: value)
  }

  /// Year, month and day as days since 1970-01-01.
  @inline(__always)
  mutating func date() -> Int? {
    guard let year = year(), take(0x2D), let month = twoDigits(), take(0x2D),
      let day = twoDigits(), month >= 1, month <= 12, day >= 1,
      day <= 28 || day <= CivilDate.days(inMonth: month, of: year)
    else { return nil }
    return CivilDate.daysSinceEpoch(year: year, month: month, day: day)
  }

  @inline(__always)
  private mutating func year() -> Int? {
    if let high = twoDigits() {
      guard let low = twoDigits() else { return nil }
      return high &* 100 &+ low
    }
    let negative = take(0x2D)
    guard negative || take(0x2B) else { return nil }
    let first = at
    var value = 0
    while at < end, at &- first < 12, digit(at) <= 9 {
      value = value &* 10 &+ digit(at)
      at &+= 1
    }
    guard at &- first >= 4 else { return nil }
    return negative ? -value : value
  }

  /// Hours, minutes and optional seconds, in seconds.
  @inline(__always)
  mutating func time() -> Int? {
    guard let hour = twoDigits(), hour < 24, take(0x3A), let minute = twoDigits(), minute < 60
    else { return nil }
    guard take(0x3A) else { return hour &* 3600 &+ minute &* 60 }
    guard let second = twoDigits(), second < 60 else { return nil }
    return hour &* 3600 &+ minute &* 60 &+ second
  }

  /// An optional fraction behind a point or comma, in nanoseconds; nil for a point without digits.
  @inline(__always)
  mutating func fraction() -> Int64? {
    guard take(0x2E) || take(0x2C) else { return 0 }
    let first = at
    var value = 0
    var scale = 1_000_000_000
    while at < end, digit(at) <= 9 {
      if scale > 1 {
        value = value &* 10 &+ digit(at)
        scale /= 10
      }
      at &+= 1
    }
    return at == first ? nil : Int64(value &* scale)
  }

  /// An optional `Z` or offset from UTC, in seconds.
  @inline(__always)
  mutating func zone() -> Int? {
    if isAtEnd || take(0x5A) || take(0x7A) { return 0 }
    let negative = take(0x2D)
    guard negative || take(0x2B), let hours = twoDigits(), hours < 24 else { return nil }
    var seconds = hours &* 3600
    if !isAtEnd {
      _ = take(0x3A)
      guard let minutes = twoDigits(), minutes < 60 else { return nil }
      seconds = seconds &+ minutes &* 60
    }
    return negative ? -seconds : seconds
  }
}
