import ColumnarCore
import Testing

private func parse<R>(_ text: String, _ body: (UnsafeRawBufferPointer) -> R) -> R {
  let bytes = [UInt8](text.utf8)
  return bytes.withUnsafeBytes { body($0) }
}

private func written(_ body: (inout MutableBuffer) -> Void) -> String {
  var text = MutableBuffer(capacity: 0)
  body(&text)
  return text.freeze().withBytes { String(decoding: $0, as: UTF8.self) }
}

@Suite struct CivilDateTests {
  @Test func everyDayOfTwelveCenturies() {
    var expected = CivilDate(year: 1199, month: 12, day: 31)
    for day in -281_233...157_000 {
      let date = CivilDate(daysSinceEpoch: day)
      #expect(date.daysSinceEpoch == day)
      // Each day is the successor of the one before by the rules of the calendar.
      if let before = expected, day > -281_233 {
        let next =
          CivilDate(year: before.year, month: before.month, day: before.day + 1)
          ?? CivilDate(year: before.year, month: before.month + 1, day: 1)
          ?? CivilDate(year: before.year + 1, month: 1, day: 1)
        #expect(date == next)
      }
      expected = date
    }
    #expect(CivilDate(daysSinceEpoch: 0) == CivilDate(year: 1970, month: 1, day: 1))
    #expect(CivilDate(daysSinceEpoch: 0).weekday == 4)
    #expect(CivilDate(year: 2024, month: 2, day: 29)?.dayOfYear == 60)
    #expect(CivilDate(year: 2023, month: 2, day: 29) == nil)
    #expect(CivilDate(year: 1900, month: 2, day: 29) == nil)
  }
}

@Suite struct TemporalTextTests {
  @Test func dates() {
    #expect(parse("1970-01-01", TextParsing.date) == 0)
    #expect(parse("2024-02-29", TextParsing.date) == 19_782)
    #expect(parse("1969-12-31", TextParsing.date) == -1)
    #expect(parse("-0001-01-01", TextParsing.date) == -719_893)
    for text in [
      "", "2024", "2024-02", "2024-2-29", "2023-02-29", "2024-13-01", "2024-00-01", "2024-01-00",
      "2024-01-32", "24-01-01", "2024-01-01 ", "2024/01/01", "2024-01-01T", "20240101",
      "12345-01-01",
      "+9999999-01-01", "+9999999999999-01-01",
    ] { #expect(parse(text, TextParsing.date) == nil, "\(text)") }
    var random = TextRandom(state: 5)
    for _ in 0..<20_000 {
      let days = Int32(truncatingIfNeeded: random.next()) >> Int32(random.next() % 31)
      let text = written { TextFormatting.appendDate(days, to: &$0) }
      #expect(parse(text, TextParsing.date) == days, "\(text)")
    }
    for days in [Int32.min, .max] {
      let text = written { TextFormatting.appendDate(days, to: &$0) }
      #expect(parse(text, TextParsing.date) == days, "\(text)")
    }
  }

  @Test func timestamps() {
    func us(_ text: String) -> Int64? {
      parse(text) { TextParsing.timestamp($0, unit: .microsecond) }
    }
    #expect(us("1970-01-01T00:00:01") == 1_000_000)
    #expect(us("1970-01-01 00:00") == 0)
    #expect(us("1970-01-01") == 0)
    #expect(us("1970-01-01T00:00:00.5") == 500_000)
    #expect(us("1970-01-01T00:00:00,25Z") == 250_000)
    #expect(us("1970-01-01T01:00:00+01:00") == 0)
    #expect(us("1969-12-31t23:30:00-0030") == 0)
    #expect(us("1970-01-01T02:00:00+02") == 0)
    #expect(us("1969-12-31T23:59:59.999999") == -1)
    #expect(us("1969-12-31T23:59:59.9999999") == -1)
    for text in [
      "", "1970-01-01T", "1970-01-01T1:00", "1970-01-01T24:00", "1970-01-01T00:60",
      "1970-01-01T00:00:60", "1970-01-01T00:00:00.", "1970-01-01T00:00:00+",
      "1970-01-01T00:00:00Zx",
      "1970-01-01T00:00:00+1:00", "1970-01-01T00:00:00 Z", "1970-01-01x00:00",
    ] { #expect(us(text) == nil, "\(text)") }
    let ns = { (text: String) in parse(text) { TextParsing.timestamp($0, unit: .nanosecond) } }
    #expect(ns("1677-09-21T00:12:43.145224192") == .min)
    #expect(ns("1677-09-21T00:12:43.145224191") == nil)
    #expect(ns("2262-04-11T23:47:16.854775807") == .max)
    #expect(ns("2262-04-11T23:47:16.854775808") == nil)
    #expect(
      written {
        TextFormatting.appendTimestamp(
          -1, unit: .millisecond, separator: 0x20, isUTC: true, to: &$0)
      } == "1969-12-31 23:59:59.999Z")
  }

  @Test func roundTrips() {
    var random = TextRandom(state: 6)
    let units: [TimeUnit] = [.second, .millisecond, .microsecond, .nanosecond]
    for k in 0..<20_000 {
      let unit = units[k % 4]
      var value = Int64(bitPattern: random.next()) >> Int64(random.next() % 63)
      let span = written { TextFormatting.appendDuration(value, unit: unit, to: &$0) }
      #expect(parse(span) { TextParsing.duration($0, unit: unit) } == value, "\(span)")
      if unit == .second { value >>= 1 }
      let text = written { TextFormatting.appendTimestamp(value, unit: unit, to: &$0) }
      #expect(parse(text) { TextParsing.timestamp($0, unit: unit) } == value, "\(text)")
    }
    for unit in units.dropFirst() {
      for value in [Int64.min, .max, 0, -1, 1] {
        let text = written { TextFormatting.appendTimestamp(value, unit: unit, to: &$0) }
        #expect(parse(text) { TextParsing.timestamp($0, unit: unit) } == value, "\(text)")
      }
    }
  }

  @Test func durations() {
    let text = { (value: Int64) in
      written { TextFormatting.appendDuration(value, unit: .millisecond, to: &$0) }
    }
    #expect(text(0) == "PT0S")
    #expect(text(86_400_000) == "P1D")
    #expect(text(-93_784_500) == "-P1DT2H3M4.500S")
    #expect(text(.min) == "-P106751991167DT7H12M55.808S")
    let ms = { (text: String) in parse(text) { TextParsing.duration($0, unit: .millisecond) } }
    #expect(ms("-P106751991167DT7H12M55.808S") == .min)
    #expect(ms("P106751991167DT7H12M55.808S") == nil)
    #expect(ms("P2W") == 1_209_600_000)
    #expect(ms("+PT1.5S") == 1500)
    for bad in ["", "P", "PT", "P1H", "PT1D", "PT1", "1S", "PT1S1M", "P1.5D", "P1DT", "P-1D"] {
      #expect(ms(bad) == nil, "\(bad)")
    }
  }
}

@Suite struct UTF8ValidationTests {
  private func firstInvalid(_ bytes: [UInt8]) -> Int? {
    bytes.withUnsafeBytes { UTF8Validation.firstInvalidByte(in: $0) }
  }

  @Test func everyScalarIsValid() {
    for value in (0x20 as UInt32)...0x10FFFF where value % 37 == 0 || value < 0x1000 {
      guard let scalar = Unicode.Scalar(value) else { continue }
      #expect(firstInvalid([UInt8](String(scalar).utf8)) == nil)
    }
    #expect(firstInvalid([]) == nil)
  }

  @Test func agreesWithTheStandardLibraryOnShortSequences() {
    // All sequences of interesting bytes, whose classes are those of Unicode's table 3-7.
    let bytes: [UInt8] = [
      0x00, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC,
      0xED,
      0xEE, 0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFF,
    ]
    for a in bytes {
      for b in bytes {
        for c in bytes {
          for d in [[], [0x80], [0xBF, 0x41], [0xC2]] as [[UInt8]] {
            let text = [a, b, c] + d
            let valid = String(validating: text, as: UTF8.self) != nil
            #expect((firstInvalid(text) == nil) == valid, "\(text)")
          }
        }
      }
    }
  }

  @Test func offsetsAreThoseOfTheBrokenSequence() {
    for length in [0, 1, 7, 8, 31, 63, 64, 65, 127, 128, 200] {
      let ascii = [UInt8](repeating: 0x61, count: length)
      #expect(firstInvalid(ascii) == nil)
      #expect(firstInvalid(ascii + [0xFF] + ascii) == length)
      #expect(firstInvalid(ascii + [0xC3, 0xA9, 0xE2, 0x82] + ascii) == length + 2)
      #expect(firstInvalid(ascii + [0xED, 0xA0, 0x80]) == length)
      #expect(firstInvalid(ascii + [0xF0, 0x9F, 0x98, 0x80] + ascii) == nil)
    }
  }
}
