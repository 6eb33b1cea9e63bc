/// How dates and times are written, in the letters of C's `strptime`.
///
/// `%Y` four digits of a year, `%y` two (69 to 99 are of the 20th century), `%m` month, `%d` day,
/// `%b` the English name of a month or its first three letters, `%H` hour, `%I` hour of twelve,
/// which `%p` (AM or PM, in letters of any size) goes with, `%M` minute, `%S` second, `%f` up to
/// nine digits of a fraction, `%z` the offset from UTC (`Z`, `+02`, `+0200`, `+02:00`), `%%` a
/// percent sign. Months, days and hours may have one digit. All else stands for itself.
package struct TimePattern: Sendable {
  private enum Part: Sendable, Equatable {
    case letter(UInt8)
    case text(UInt8)
  }

  private let parts: [Part]
  /// Whether there are hours.
  package let hasTime: Bool
  /// Whether there is an offset from UTC.
  package let hasZone: Bool

  /// The pattern of a text; nil where a letter is unknown, a year, month or day is missing, half a
  /// day has no hour of twelve or the other way round, or an offset goes with no hour.
  package init?(_ text: String) {
    var parts: [Part] = []
    var bytes = Array(text.utf8)[...]
    while let byte = bytes.popFirst() {
      guard byte == 0x25 else {
        parts.append(.text(byte))
        continue
      }
      guard let letter = bytes.popFirst() else { return nil }
      if letter == 0x25 {
        parts.append(.text(letter))
      } else {
        guard "YymdbHIpMSfz".utf8.contains(letter) else { return nil }
        parts.append(.letter(letter))
      }
    }
    func has(_ letters: String) -> Bool {
      letters.utf8.contains { parts.contains(.letter($0)) }
    }
    guard has("Yy"), has("mb"), has("d"), has("I") == has("p"), !(has("I") && has("H")) else {
      return nil
    }
    self.parts = parts
    hasTime = has("HI")
    hasZone = has("z")
    if hasZone, !hasTime { return nil }
  }

  /// The days since 1970-01-01 of a date without a time.
  package func date(_ bytes: UnsafeRawBufferPointer) -> Int32? {
    guard !hasTime, let (days, _, _) = read(bytes) else { return nil }
    return Int32(exactly: days)
  }

  /// The `unit`s since 1970-01-01T00:00:00, in UTC where there is an offset; a date is its midnight.
  package func timestamp(_ bytes: UnsafeRawBufferPointer, unit: TimeUnit) -> Int64? {
    guard let (days, seconds, nanoseconds) = read(bytes) else { return nil }
    return TextParsing.joined(Int64(days * 86_400 + seconds), Int64(nanoseconds), unit)
  }

  /// What the letters stand for.
  private struct Fields {
    var (year, month, day) = (0, 1, 1)
    var (hour, minute, second, nanoseconds) = (0, 0, 0, 0)
    /// 12 in the afternoon, and what makes 12 o'clock 0.
    var (halfDay, noon) = (0, 24)
    /// From UTC, in minutes.
    var offset = 0

    var seconds: Int {
      (hour % noon + halfDay) * 3600 + (minute - offset) * 60 + second
    }

    var isValid: Bool {
      (1...12).contains(month) && day >= 1 && day <= CivilDate.days(inMonth: month, of: year)
        && (noon == 12 ? 1...12 : 0...23).contains(hour) && minute < 60 && second < 60
    }
  }

  private func read(
    _ bytes: UnsafeRawBufferPointer
  ) -> (days: Int, seconds: Int, nanoseconds: Int)? {
    var (at, fields) = (0, Fields())
    for part in parts {
      switch part {
      case .text(let byte):
        guard at < bytes.count, bytes[at] == byte else { return nil }
        at += 1
      case .letter(let letter):
        guard Self.read(letter, bytes, &at, &fields) else { return nil }
      }
    }
    guard at == bytes.count, fields.isValid else { return nil }
    let days = CivilDate.daysSinceEpoch(year: fields.year, month: fields.month, day: fields.day)
    return (days, fields.seconds, fields.nanoseconds)
  }

  private static func read(
    _ letter: UInt8, _ bytes: UnsafeRawBufferPointer, _ at: inout Int, _ fields: inout Fields
  ) -> Bool {
    func number(_ least: Int, _ most: Int) -> Int? {
      var (value, count) = (0, 0)
      while count < most, at < bytes.count, case let digit = Int(bytes[at]) - 0x30,
        (0...9).contains(digit)
      {
        value = value * 10 + digit
        count += 1
        at += 1
      }
      return count >= least ? value : nil
    }
    func set(_ field: WritableKeyPath<Fields, Int>, _ value: Int?) -> Bool {
      guard let value else { return false }
      fields[keyPath: field] = value
      return true
    }
    switch letter {
    case 0x59: return set(\.year, number(4, 4))
    case 0x79: return set(\.year, number(2, 2).map { $0 < 69 ? 2000 + $0 : 1900 + $0 })
    case 0x6D: return set(\.month, number(1, 2))
    case 0x64: return set(\.day, number(1, 2))
    case 0x62: return set(\.month, month(bytes, &at))
    case 0x48, 0x49: return set(\.hour, number(1, 2))
    case 0x70: return set(\.noon, 12) && set(\.halfDay, halfDay(bytes, &at))
    case 0x7A: return set(\.offset, offset(bytes, &at))
    case 0x4D: return set(\.minute, number(2, 2))
    case 0x53: return set(\.second, number(2, 2))
    default:
      let start = at
      guard var value = number(1, 9) else { return false }
      for _ in (at - start)..<9 { value *= 10 }
      return set(\.nanoseconds, value)
    }
  }

  /// 0 for AM, 12 for PM.
  private static func halfDay(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> Int? {
    guard at + 2 <= bytes.count, bytes[at + 1] | 0x20 == 0x6D else { return nil }
    defer { at += 2 }
    return [0x61: 0, 0x70: 12][bytes[at] | 0x20]
  }

  /// The minutes of `Z`, `+02`, `+0200` or `+02:00`.
  private static func offset(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> Int? {
    guard at < bytes.count else { return nil }
    let sign = bytes[at]
    at += 1
    if sign | 0x20 == 0x7A { return 0 }
    func pair(_ most: Int) -> Int? {
      guard at + 2 <= bytes.count, case (let ten, let one) = (Int(bytes[at]), Int(bytes[at + 1])),
        (0x30...0x39).contains(ten), (0x30...0x39).contains(one)
      else { return nil }
      let value = (ten - 0x30) * 10 + one - 0x30
      if value > most { return nil }
      at += 2
      return value
    }
    guard sign == 0x2B || sign == 0x2D, let hours = pair(23) else { return nil }
    let hasColon = at < bytes.count && bytes[at] == 0x3A
    if hasColon { at += 1 }
    let minutes = pair(59)
    if hasColon, minutes == nil { return nil }
    return (sign == 0x2D ? -1 : 1) * (hours * 60 + (minutes ?? 0))
  }

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ].map { Array($0.utf8) }

  /// The number of a month whose name, or the first three letters of it, stands there.
  private static func month(_ bytes: UnsafeRawBufferPointer, _ at: inout Int) -> Int? {
    func stands(_ name: ArraySlice<UInt8>) -> Bool {
      let end = at + name.count
      return end <= bytes.count && zip(bytes[at..<end], name).allSatisfy { $0 | 0x20 == $1 }
    }
    for (k, name) in months.enumerated() {
      for part in [name[...], name.prefix(3)] where stands(part) {
        at += part.count
        return k + 1
      }
    }
    return nil
  }
}
