import ColumnarCore
import Glibc
import Testing

/// A small generator with a printed seed, so that a failing run can be repeated.
struct TextRandom: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// Calls a parser with exactly the bytes of `text`, in an allocation of just that size.
private func parse<R>(_ text: String, _ body: (UnsafeRawBufferPointer) -> R) -> R {
  let bytes = [UInt8](text.utf8)
  return bytes.withUnsafeBytes { body($0) }
}

@Suite struct TextParsingIntegerTests {
  @Test func acceptsAndRefuses() {
    let good: [(String, Int64)] = [
      ("0", 0), ("-0", 0), ("+7", 7), ("12345678", 12_345_678), ("-123456789", -123_456_789),
      ("9223372036854775807", .max), ("-9223372036854775808", .min),
      ("000000000000000000000000042", 42), ("1234567890123456", 1_234_567_890_123_456),
    ]
    for (text, value) in good { #expect(parse(text, TextParsing.int64) == value, "\(text)") }
    for text in [
      "", "-", "+", " 1", "1 ", "1.0", "1e3", "--1", "9223372036854775808",
      "-9223372036854775809", "99999999999999999999", "1234567x", "x2345678", "1_000", "٣", "0x10",
      "12345678/", "1234567:", "/2345678",
    ] { #expect(parse(text, TextParsing.int64) == nil, "\(text)") }
    #expect(parse("18446744073709551615", TextParsing.uint64) == .max)
    #expect(parse("18446744073709551616", TextParsing.uint64) == nil)
    #expect(parse("-1", TextParsing.uint64) == nil)
    #expect(parse("-0", TextParsing.uint64) == 0)
  }

  @Test func roundTripsRandomValues() {
    var random = TextRandom(state: 1)
    for _ in 0..<20_000 {
      let value = Int64.random(in: .min ... .max, using: &random) >> Int64(random.next() % 64)
      var text = MutableBuffer(capacity: 0)
      TextFormatting.append(value, to: &text)
      let written = text.freeze()
      #expect(written.withBytes { String(decoding: $0, as: UTF8.self) } == "\(value)")
      #expect(written.withBytes(TextParsing.int64) == value)
      var unsigned = MutableBuffer(capacity: 0)
      TextFormatting.append(UInt64(bitPattern: value), to: &unsigned)
      #expect(
        unsigned.freeze().withBytes { String(decoding: $0, as: UTF8.self) }
          == "\(UInt64(bitPattern: value))")
    }
  }

  @Test func everyByteInEveryPlace() {
    for length in [1, 7, 8, 9, 16, 17] {
      for place in 0..<length {
        for byte in UInt8.min ... .max {
          var bytes = [UInt8](repeating: 0x31, count: length)
          bytes[place] = byte
          let isDigit = byte >= 0x30 && byte <= 0x39
          let isSign = place == 0 && length > 1 && (byte == 0x2B || byte == 0x2D)
          let parsed = bytes.withUnsafeBytes { TextParsing.int64($0) }
          #expect((parsed != nil) == (isDigit || isSign), "byte \(byte) at \(place) of \(length)")
        }
      }
    }
  }

  @Test func booleans() {
    for text in ["true", "TRUE", "True", "tRuE"] { #expect(parse(text, TextParsing.bool) == true) }
    for text in ["false", "FALSE", "False"] { #expect(parse(text, TextParsing.bool) == false) }
    for text in ["", "t", "1", "yes", "tru", "truee", "fals", "falsy", "TRU\u{5}", "true "] {
      #expect(parse(text, TextParsing.bool) == nil, "\(text)")
    }
  }
}

@Suite struct TextParsingDoubleTests {
  private func check(_ text: String) {
    let ours = parse(text, TextParsing.double)
    let theirs = text.withCString { strtod($0, nil) }
    #expect(ours?.bitPattern == theirs.bitPattern, "\(text): \(String(describing: ours))")
    let float = parse(text, TextParsing.float)
    let theirFloat = text.withCString { strtof($0, nil) }
    #expect(float?.bitPattern == theirFloat.bitPattern, "\(text) as a float")
  }

  @Test func agreesWithStrtodOnHardCases() {
    for text in [
      "0", "-0", "0.0", "1", "-1.5", "3.14159", ".5", "5.", "1e5", "1E+5", "1e-5", "123456789.125",
      "1e22", "1e23", "1e-22", "1e-23", "9007199254740993", "9007199254740992",
      "9007199254740993.0000000000000000000000001", "1.7976931348623157e308",
      "1.7976931348623159e308",
      "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324", "2.2250738585072011e-308",
      "2.2250738585072014e-308", "1e400", "-1e400", "1e-400", "0e999999999999999999",
      "1e999999999999999999999", "1e-999999999999999999999", "6.3e-324", "8.988465674311580e+307",
      "0.000000000000000000000000000000000000000000000000000001234567890123456789012345",
      "179769313486231580793728971405301e276", "100000000000000016777215",
      "100000000000000016777216",
      "1.00000000000000011102230246251565404236316680908203125",
      "1.00000000000000011102230246251565404236316680908203124",
      "1.00000000000000011102230246251565404236316680908203126",
      "7.2057594037927933e+16", "9214843084008499",
      "0.500000000000000166533453693773481063544750213623046875",
      "16777217", "16777217.0000001", "1.4012984643e-45", "7.0064923e-46", "3.4028236e38",
    ] { check(text) }
    let long =
      "0." + String(repeating: "0", count: 400) + String(repeating: "123456789", count: 200)
    check(long)
    check(String(repeating: "9", count: 300) + "." + String(repeating: "9", count: 2000))
    let tie = "9007199254740993" + "." + String(repeating: "0", count: 1500)
    check(tie)
    check(tie + "1")
    #expect(parse(tie + "1", TextParsing.double) == 9_007_199_254_740_994)
  }

  @Test func agreesWithStrtodOnRandomText() {
    var random = TextRandom(state: 2)
    for _ in 0..<30_000 {
      let digits = Int(random.next() % 25) + 1
      var text = random.next() % 2 == 0 ? "-" : ""
      let point = Int(random.next() % UInt64(digits))
      for k in 0..<digits {
        text += "\(random.next() % 10)"
        if k == point, random.next() % 3 != 0 { text += "." }
      }
      switch random.next() % 3 {
      case 0: text += "e\(Int(random.next() % 700) - 350)"
      case 1: text += "e\(Int(random.next() % 40) - 20)"
      default: break
      }
      check(text)
    }
    for _ in 0..<20_000 {
      let value = Double(bitPattern: random.next())
      if value.isFinite { check("\(value)") }
    }
  }

  @Test func specialValuesAndRefusals() {
    for text in ["inf", "Inf", "INF", "+inf", "infinity", "Infinity"] {
      #expect(parse(text, TextParsing.double) == .infinity, "\(text)")
    }
    #expect(parse("-inf", TextParsing.double) == -.infinity)
    #expect(parse("-Infinity", TextParsing.double) == -.infinity)
    for text in ["nan", "NaN", "NAN", "-nan"] {
      #expect(parse(text, TextParsing.double)?.isNaN == true, "\(text)")
    }
    for text in [
      "", ".", "-", "+.", "e5", "1e", "1e+", "1.2.3", "1,5", " 1", "1 ", "0x1p3", "infin", "nana",
      "xinfinity", "1e5.5", "--1", "1e5x", "12345678901234567890123x", "in", "nan(1)",
    ] { #expect(parse(text, TextParsing.double) == nil, "\(text)") }
  }
}

@Suite struct TextFormattingFloatTests {
  @Test func writesWhatSwiftWrites() {
    var random = TextRandom(state: 3)
    var values: [Double] = [
      0, -0.0, 1, -1, 0.1, 0.0001, 0.00001, 123456.789, 1e15, 1e16, 1e17, 1e21, 1e22, 1e23,
      .leastNonzeroMagnitude,
      .greatestFiniteMagnitude, .leastNormalMagnitude, 0x1p53, 0x1p54, 0x1.8p54, 0x1p55, 0x1p-1022,
      9_007_199_254_740_994, 18_014_398_509_481_984, 18_014_398_509_481_988, .infinity, -.infinity,
      .nan, 1.5e-7,
    ]
    for exponent in -1074...1023 { values.append(scalbn(1, Int32(exponent))) }
    for _ in 0..<30_000 {
      values.append(Double(bitPattern: random.next()))
      values.append(Double(Int64(random.next() % 1_000_000_000)) / 1000)
    }
    for value in values {
      var text = MutableBuffer(capacity: 0)
      TextFormatting.append(value, to: &text)
      let written = text.freeze()
      let string = written.withBytes { String(decoding: $0, as: UTF8.self) }
      if value.isNaN {
        #expect(string == "nan")
      } else {
        #expect(string == "\(value)")
        #expect(written.withBytes(TextParsing.double)?.bitPattern == value.bitPattern, "\(string)")
      }
    }
  }

  @Test func writesFloatsAsSwiftDoes() {
    var random = TextRandom(state: 4)
    var values: [Float] = [
      0, 1, 0.1, 1e7, 16_777_216, 33_554_432, 33_554_436, .leastNonzeroMagnitude, 3.4028235e38,
      1e10,
    ]
    for exponent in -149...127 { values.append(scalbnf(1, Int32(exponent))) }
    for _ in 0..<30_000 {
      let value = Float(bitPattern: UInt32(truncatingIfNeeded: random.next()))
      if value.isFinite { values.append(value) }
    }
    for value in values {
      var text = MutableBuffer(capacity: 0)
      TextFormatting.append(value, to: &text)
      let written = text.freeze()
      let string = written.withBytes { String(decoding: $0, as: UTF8.self) }
      #expect(string == "\(value)")
      #expect(written.withBytes(TextParsing.float)?.bitPattern == value.bitPattern, "\(string)")
    }
  }
}
