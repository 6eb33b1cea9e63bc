import ColumnarCore
import Testing

@testable import ColumnarIO

/// A reader written one character at a time from the documented rules, for files whose columns are
/// all text.
private struct NaiveCSV {
  var rows: [[String?]] = []
  var rejects: [String] = []

  init(_ bytes: [UInt8], delimiter: UInt8 = 0x2C, quote: UInt8? = 0x22) {
    var raw: [[[UInt8]]] = []
    var row: [[UInt8]] = []
    var field: [UInt8] = []
    var isInside = false
    var isOpen = false
    var at = 0
    while at < bytes.count {
      let byte = bytes[at]
      isOpen = true
      if isInside {
        field.append(byte)
        if byte == quote {
          if at + 1 < bytes.count, bytes[at + 1] == quote {
            field.append(byte)
            at += 1
          } else {
            isInside = false
          }
        }
      } else if byte == quote, field.isEmpty {
        isInside = true
        field.append(byte)
      } else if byte == delimiter {
        row.append(field)
        field = []
      } else if byte == 0x0A {
        raw.append(row + [field])
        (row, field, isOpen) = ([], [], false)
      } else {
        field.append(byte)
      }
      at += 1
    }
    if isOpen, !isInside { raw.append(row + [field]) }
    let width = raw.first?.count ?? 0
    for (k, var fields) in raw.enumerated() {
      if fields[fields.count - 1].last == 0x0D { fields[fields.count - 1].removeLast() }
      if k == 0 || (fields == [[]] && width > 1) { continue }
      let texts = fields.map { Self.text($0, quote) }
      if fields.count != width
        || texts.contains(where: { if case .some(nil) = $0 { true } else { false } })
      {
        rejects.append("bad")
      } else {
        rows.append(texts.map { $0.flatMap { $0 } })
      }
    }
    if isInside { rejects.append("open") }
  }

  /// Nil for a null, an inner nil for a bad field.
  private static func text(_ field: [UInt8], _ quote: UInt8?) -> String?? {
    guard let first = field.first else { return nil }
    guard first == quote else { return String(decoding: field, as: UTF8.self) }
    let inner = field.dropFirst()
    var text: [UInt8] = []
    var at = inner.startIndex
    while at < inner.endIndex {
      if inner[at] == quote {
        if at + 1 < inner.endIndex, inner[at + 1] == quote {
          at += 1
        } else {
          return at + 1 == inner.endIndex
            ? String(decoding: text, as: UTF8.self) : .some(nil)
        }
      }
      text.append(inner[at])
      at += 1
    }
    return .some(nil)
  }
}

private func nastyText(_ random: inout SeededRandom, pieces: Int) -> String {
  let parts = [
    "a", "bc", "\"", "\"\"", ",", ",", "\n", "\n", "\r\n", " ", "é", "\"x,y\"", "\"p\nq\"",
    "\"\"\"\"",
    "long field that does not fit a view", "\"long, quoted\nfield with \"\"doubles\"\" inside\"",
    "\r",
    "1", "", ",\"", "\",", "\n\"",
  ]
  var text = "c1,c2\n"
  for _ in 0..<pieces { text += parts[Int(random.next() % UInt64(parts.count))] }
  return text
}

/// Rows of two columns that mostly fit, with all kinds of quoting.
private func likelyText(_ random: inout SeededRandom, rows: Int) -> String {
  let fields = [
    "", "\"\"", "x", "5\" pipe", "\"a,b\"", "\"line\nline\"", "\"say \"\"so\"\"\"", "\"\n\"",
    "\",\"",
    "\"\"\"\"", "plain text without quotes", "\"quoted text of some length, it has no end\"", "ü",
    "it's",
  ]
  var text = "c1,c2" + (random.next() % 2 == 0 ? "\n" : "\r\n")
  for _ in 0..<rows {
    let pick = { (random: inout SeededRandom) in fields[Int(random.next() % UInt64(fields.count))] }
    text += pick(&random) + "," + pick(&random)
    switch random.next() % 12 {
    case 0: text += "\r\n"
    case 1: text += ",extra\n"
    case 2: text += "\n\n"
    case 3: text += "\n# \"note\n"
    default: text += "\n"
    }
  }
  return text
}

@Suite struct CSVSplitTests {
  private func options(_ change: (inout CSVReadOptions) -> Void = { _ in }) -> CSVReadOptions {
    csvOptions {
      $0.inferenceRows = 0
      $0.badRows = .collect(limit: .max)
      change(&$0)
    }
  }

  @Test func everySplitSizeGivesTheSame() throws {
    let folder = TemporaryFolder()
    for seed in 0..<40 as Range<UInt64> {
      var random = SeededRandom(seed)
      let text =
        seed % 2 == 0 ? nastyText(&random, pieces: 120) : likelyText(&random, rows: 20)
      let path = folder.file("x.csv", text)
      let whole = try readCSV(path, options())
      let naive = NaiveCSV(Array(text.utf8))
      #expect(whole.rows == naive.rows, "seed \(seed): \(text.debugDescription)")
      let rejected = Set(zip(whole.rejects[0], whole.rejects[2]).map { [$0, $1] }).count
      #expect(rejected >= naive.rejects.count, "seed \(seed): \(text.debugDescription)")
      for target in Array(1...40) + [63, 64, 65, 100, 128, 200, 500, text.utf8.count] {
        let parts = try readCSV(path, options(), target: target)
        #expect(parts == whole, "seed \(seed), splits of \(target): \(text.debugDescription)")
      }
    }
  }

  @Test func largerFilesAgreeWithTheNaiveReader() throws {
    let folder = TemporaryFolder()
    for seed in 100..<106 as Range<UInt64> {
      var random = SeededRandom(seed)
      let text =
        seed % 2 == 0 ? nastyText(&random, pieces: 20_000) : likelyText(&random, rows: 30_000)
      let path = folder.file("x.csv", text)
      let naive = NaiveCSV(Array(text.utf8))
      for target in [1 << 30, 100_000, 9_999] {
        #expect(try readCSV(path, options(), target: target).rows == naive.rows, "seed \(seed)")
      }
    }
  }

  @Test func splitsOfOtherDialects() throws {
    let folder = TemporaryFolder()
    let changes: [(inout CSVReadOptions) -> Void] = [
      { $0.quote = nil }, { $0.escape = "\\" }, { $0.commentPrefix = "#" },
      {
        $0.commentPrefix = "# "
        $0.escape = "e"
      }, { $0.hasHeader = false }, { $0.skipRows = 3 },
      { $0.delimiter = " " },
    ]
    for (k, change) in changes.enumerated() {
      for seed in 0..<8 as Range<UInt64> {
        var random = SeededRandom(1000 + seed)
        let text = likelyText(&random, rows: 25)
        let path = folder.file("x.csv", text)
        let whole: CSVResult
        do { whole = try readCSV(path, options(change)) } catch { continue }
        for target in [1, 2, 3, 7, 20, 64, 100, 333] {
          #expect(
            try readCSV(path, options(change), target: target) == whole,
            "dialect \(k), seed \(seed), splits of \(target)")
        }
      }
    }
  }

  @Test func splitsMayBeReadInAnyOrder() throws {
    let folder = TemporaryFolder()
    var random = SeededRandom(7)
    let path = folder.file("x.csv", likelyText(&random, rows: 3000))
    let source = try CSVSource(path: path, options: options())
    let splits = try source.splits(targetBytes: 777)
    func read(_ split: FileSplit) throws -> [String?] {
      var all: [String?] = []
      try source.read(split, ReadRequest(columns: [0, 1])) { batch in
        for column in batch.columns { all += cells(column) }
        return true
      }
      return all
    }
    let fresh = try source.splits(targetBytes: 777)
    let forward = try splits.map(read)
    let backward = try fresh.reversed().map(read)
    #expect(forward == backward.reversed())
  }

  @Test func splitsInParallel() async throws {
    let folder = TemporaryFolder()
    var random = SeededRandom(8)
    let path = folder.file("x.csv", likelyText(&random, rows: 20_000))
    let source = try CSVSource(path: path, options: options())
    let splits = try source.splits(targetBytes: 5_000)
    let parts = try await withThrowingTaskGroup(of: (Int, [[String?]]).self) { group in
      for split in splits {
        group.addTask {
          var columns: [[String?]] = [[], []]
          try source.read(split, ReadRequest(columns: [0, 1])) { batch in
            for k in 0..<2 { columns[k] += cells(batch.columns[k]) }
            return true
          }
          return (split.index, columns)
        }
      }
      return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
    }
    let whole = try readCSV(path, options())
    for k in 0..<2 {
      #expect(splits.flatMap { parts[$0.index]?[k] ?? [] } == whole.columns[k])
    }
    let rejects = source.rejects.batch().columns.dropFirst().map(cells)
    #expect(rejects == whole.rejects)
  }

  @Test func mutatedInputsNeverTrap() throws {
    let folder = TemporaryFolder()
    let base = """
      id,flag,amount,day,at,name
      1,true,1.5,2024-01-01,2024-01-01T10:00:00,"Smith, John"
      2,false,-2e10,2024-02-29,2024-01-01 10:00:00.123,"say "\"hi""\"
      3,,,,,
      -9223372036854775808,TRUE,nan,1999-12-31,2024-01-01T10:00:00+05:30,"two
      lines"

      """
    var random = SeededRandom(99)
    let odd: [UInt8] = [
      0, 0x0A, 0x0D, 0x22, 0x2C, 0x2D, 0x2E, 0x30, 0x65, 0x80, 0xC3, 0xFF, 0x5C, 0x23,
    ]
    for round in 0..<400 {
      var bytes = Array(base.utf8)
      for _ in 0..<(1 + random.next() % 8) {
        let place = Int(random.next() % UInt64(bytes.count))
        switch random.next() % 5 {
        case 0: bytes[place] = odd[Int(random.next() % UInt64(odd.count))]
        case 1: bytes.insert(odd[Int(random.next() % UInt64(odd.count))], at: place)
        case 2: bytes.remove(at: place)
        case 3: bytes.removeSubrange(place..<min(bytes.count, place + Int(random.next() % 30)))
        default:
          bytes.insert(contentsOf: bytes[place...].prefix(Int(random.next() % 60)), at: place)
        }
        if bytes.isEmpty { bytes = [0x61] }
      }
      let path = folder.file("x.csv", bytes)
      for k in 0..<4 {
        let options = csvOptions {
          $0.inferenceRows = k == 0 ? nil : 1
          if k > 0 { $0.badRows = .collect() }
          if k == 2 {
            $0.escape = "\\"
            $0.commentPrefix = "#"
          }
          if k == 3 {
            $0.quote = nil
            $0.hasHeader = false
          }
        }
        let whole = try? readCSV(path, options)
        let parts = try? readCSV(path, options, target: 1 + round % 50)
        #expect(whole == parts, "round \(round)")
      }
    }
  }
}
