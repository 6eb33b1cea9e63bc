import ColumnarCore
import ColumnarTesting
import Testing

@testable import ColumnarIO

@Suite struct JSONLinesPropertyTests {
  /// Damage that must never trap, and rows that survive it.
  @Test func damagedFilesNeverTrap() throws {
    let text = """
      {"a":1,"d":-2.5e-3,"s":"é\\u00e9\\ud83d\\ude00","l":[1,[2,null],{}],"o":{"x":{"y":[true]}}}
      {"a":null,"d":1e10,"s":"plain","l":[],"o":{"x":null}}

      """
    let bytes = Array(text.utf8)
    let schema = try readJSON(text).schema
    var random = SeededRandom(7)
    let folder = TemporaryFolder()
    for round in 0..<150 {
      var damaged = bytes
      for _ in 0..<(1 + random.next() % 4) {
        let at = Int(random.next() % UInt64(damaged.count))
        switch random.next() % 4 {
        case 0: damaged[at] = UInt8(truncatingIfNeeded: random.next())
        case 1: damaged.remove(at: at)
        case 2: damaged.insert(Array("{}[]\",:\\u-e.0n\n".utf8)[Int(random.next() % 15)], at: at)
        default: damaged.removeLast(min(damaged.count - 1, Int(random.next() % 20)))
        }
      }
      let path = folder.file("x.jsonl", damaged)
      var results: [JSONResult] = []
      for target in [1 << 20, 20] {
        let options = jsonOptions {
          $0.schema = schema
          $0.badRows = .collect(limit: .max)
        }
        results.append(try readJSON(path: path, options, target: target))
      }
      #expect(results[0] == results[1], "round \(round)")
      _ = messageOfJSON(damaged)
    }
  }

  /// Truncated at every byte: all whole lines, and no more.
  @Test func cutAnywhere() throws {
    let lines = ["{\"a\":1,\"s\":\"x\\n\"}", "{\"a\":[2, {}],\"s\":null}", "{\"s\":\"é\"}"]
    let bytes = Array(lines.joined(separator: "\n").utf8)
    let options = jsonOptions {
      $0.schema = Schema(unchecked: [Field("s", .string)])
      $0.badRows = .collect()
    }
    let folder = TemporaryFolder()
    for length in 0...bytes.count {
      let kept = Array(bytes[..<length])
      let expected = lines.indices.count { k in
        length >= lines[...k].joined(separator: "\n").utf8.count
      }
      let result = try readJSON(path: folder.file("x.jsonl", kept), options)
      #expect(result.lines.count == expected, "\(length) bytes")
    }
  }

  /// What is written reads back as the same values, in all types and forms.
  @Test func whatIsWrittenReadsBack() throws {
    var generator = ColumnGenerator(seed: 2026)
    let folder = TemporaryFolder()
    for (round, type) in (ColumnGenerator.allTypes + ColumnGenerator.allTypes).enumerated() {
      let count = generator.rowCount(upTo: 150)
      let types = [type, generator.random.pick(ColumnGenerator.allTypes)]
      // The first and last days that seconds can count to have no text that is read.
      generator.specials = types.contains(.timestamp(.second, zone: "UTC")) ? 0 : 0.25
      let schema = Schema(unchecked: types.enumerated().map { Field("key \($0) \"é\\", $1) })
      let batch = Batch(
        unchecked: schema, columns: types.map { generator.column($0, count: count) }, count: count)
      var options = JSONLinesWriteOptions()
      options.nonFinite = .text
      options.writesNulls = round % 2 == 0
      let path = "\(folder.path)/x.jsonl"
      let writer = try JSONLinesWriter(path: path, schema: schema, options: options)
      try writer.write(batch.slice(0..<count / 2))
      try writer.write(batch.slice(count / 2..<count))
      try writer.finish()
      let source = try JSONLinesSource(path: path, options: jsonOptions { $0.schema = schema })
      let read = Batch.concatenating(
        try readBatches(source, target: round % 3 == 0 ? 50 : 1 << 20), schema: schema)
      #expect(read.count == count)
      for k in types.indices {
        #expect(
          Value.rows(of: read.columns[k]) == Value.rows(of: batch.columns[k]),
          "\(types[k]), round \(round), seed \(generator.seed)")
      }
    }
  }

  /// Doubles come back bit for bit, and as the standard library reads them.
  @Test func doublesAreExact() throws {
    var random = SeededRandom(3)
    var values: [Double] = [
      0, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, .leastNormalMagnitude, 0.1, 1e22,
      1e23,
    ]
    while values.count < 3000 {
      let value = Double(bitPattern: random.next())
      if value.isFinite { values.append(value) }
    }
    let texts =
      values.map { "\($0)" }
      + (0..<2000).map { _ in
        // Digits of any number, with leading and trailing zeros.
        let digits = (0..<(1 + random.next() % 30)).map { _ in "\(random.next() % 10)" }.joined()
        return "0.\(digits)e\(Int(random.next() % 40) - 20)"
      }
    let schema = Schema(unchecked: [Field("x", .float64)])
    let folder = TemporaryFolder()
    let path = folder.file("x.jsonl", texts.map { "{\"x\":\($0)}\n" }.joined())
    let source = try JSONLinesSource(path: path, options: jsonOptions { $0.schema = schema })
    let read = Batch.concatenating(try readBatches(source), schema: schema)
    let view = PrimitiveView<Double>(read.columns[0])
    for (k, text) in texts.enumerated() {
      #expect(view[k].bitPattern == Double(text)?.bitPattern, "\(text)")
    }
  }

  @Test func nonFiniteNumbersByPolicy() throws {
    let schema = Schema(unchecked: [Field("x", .list(.float32))])
    let batch = Batch(
      unchecked: schema, columns: [[Float].column(of: [[1, .nan], [-.infinity]])], count: 2)
    #expect(
      try jsonText([batch], schema, nonFinite: .null) == "{\"x\":[1.0,null]}\n{\"x\":[null]}\n")
    #expect(
      try jsonText([batch], schema, nonFinite: .text)
        == "{\"x\":[1.0,\"NaN\"]}\n{\"x\":[\"-Infinity\"]}\n")
    let error = #expect(throws: ColumnarError.self) {
      try jsonText([batch], schema, nonFinite: .fail)
    }
    #expect(error?.message.contains("Column \"x\" holds nan, which JSON has no number for") == true)
  }
}
