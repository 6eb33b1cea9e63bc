import ColumnarCore

extension CSVReadOptions {
  /// Options with the delimiter that the first rows of a file suggest: of comma, semicolon, tab and
  /// bar the one that cuts most rows into equally many fields, the most of them; a comma where none
  /// does.
  ///
  /// Where fractions stand behind a comma, the delimiter being none, that is found as well.
  public static func sniffed(
    _ path: String, encoding: TextEncoding = .utf8
  ) throws -> CSVReadOptions {
    let window = try TextFile(path, encoding: encoding).openingWindow()
    var options = CSVSniffer(window).options
    options.encoding = encoding
    return options
  }
}

/// Guesses how a CSV file is written from its first rows.
struct CSVSniffer {
  let options: CSVReadOptions

  private static let bytes = 1 << 16
  private static let rows = 200

  init(_ window: TextWindow) {
    let text = UnsafeRawBufferPointer(start: window.base, count: min(window.count, Self.bytes))
    let isWhole = window.isEnd && window.count <= Self.bytes
    var best: (score: Double, fields: Int, delimiter: Character)?
    for delimiter in [",", ";", "\t", "|"] as [Character] {
      let counts = Self.counts(text, delimiter.asciiValue ?? 0x2C, isWhole)
      guard let fields = Self.commonest(counts), fields > 1 else { continue }
      let score = Double(counts.count { $0 == fields }) / Double(counts.count)
      if (score, fields) > (best?.score ?? 0, best?.fields ?? 0) {
        best = (score, fields, delimiter)
      }
    }
    var options = CSVReadOptions()
    if let best, best.score > 0.5 { options.delimiter = best.delimiter }
    if options.delimiter != ",", Self.hasCommaNumbers(text, options.delimiter) {
      options.decimalSeparator = ","
    }
    self.options = options
  }

  private static func commonest(_ counts: [Int]) -> Int? {
    var times: [Int: Int] = [:]
    for count in counts { times[count, default: 0] += 1 }
    return times.max { ($0.value, $0.key) < ($1.value, $1.key) }?.key
  }

  /// The fields of each row but empty ones.
  private static func counts(
    _ text: UnsafeRawBufferPointer, _ delimiter: UInt8, _ isWhole: Bool
  ) -> [Int] {
    var (counts, fields, length, isInside) = ([Int](), 1, 0, false)
    for byte in text {
      if byte == 0x22 { isInside.toggle() }
      if byte == 0x0A, !isInside {
        if length > 0 { counts.append(fields) }
        if counts.count == rows { return counts }
        (fields, length) = (1, 0)
        continue
      }
      if byte != 0x0D { length += 1 }
      if byte == delimiter, !isInside { fields += 1 }
    }
    if length > 0, isWhole || counts.isEmpty { counts.append(fields) }
    return counts
  }

  /// Whether there are fields such as `1,5` and none such as `1.5`.
  private static func hasCommaNumbers(
    _ text: UnsafeRawBufferPointer, _ delimiter: Character
  ) -> Bool {
    let ends = [delimiter.asciiValue ?? 0x2C, 0x0A, 0x0D]
    var (commas, points) = (0, 0)
    for field in text.split(whereSeparator: { ends.contains($0) }) {
      let digits = field.count { $0 >= 0x30 && $0 <= 0x39 }
      let signs = field.first == 0x2D || field.first == 0x2B ? 1 : 0
      guard digits > 1, digits + signs + 1 == field.count else { continue }
      if field.contains(0x2C) { commas += 1 }
      if field.contains(0x2E) { points += 1 }
    }
    return commas > 0 && points == 0
  }
}
