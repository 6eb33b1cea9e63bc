import ColumnarCore
import Testing

@testable import ColumnarIO

@Suite struct JSONLinesReaderTests {
  @Test func typesAreInferred() throws {
    let result = try readJSON(
      """
      {"i":1,"d":1,"b":true,"s":"x","n":null,"l":[1,2],"o":{"a":1,"b":[{"c":"y"}]},"e":[],"z":{}}
      {"i":-9223372036854775808,"d":2.5e3,"b":false,"s":"é\\n","l":[null],"o":{"b":[]},"u":18446744073709551615}
      {"w":123456789012345678901,"u":1,"d":null,"m":1}
      {"m":"one","l":null,"o":null}
      """)
    #expect(
      result.schema.description
        == "[i: int64, d: float64, b: bool, s: string, n: string, l: list[int64], "
        + "o: struct[a: int64, b: list[struct[c: string]]], e: list[string], z: string, "
        + "u: uint64, w: string, m: string]")
    #expect(
      result.lines == [
        #"{"i":1,"d":1.0,"b":true,"s":"x","n":null,"l":[1,2],"o":{"a":1,"b":[{"c":"y"}]},"e":[],"z":"{}","u":null,"w":null,"m":null}"#,
        #"{"i":-9223372036854775808,"d":2500.0,"b":false,"s":"é\n","n":null,"l":[null],"o":{"a":null,"b":[]},"e":null,"z":null,"u":18446744073709551615,"w":null,"m":null}"#,
        #"{"i":null,"d":null,"b":null,"s":null,"n":null,"l":null,"o":null,"e":null,"z":null,"u":1,"w":"123456789012345678901","m":"1"}"#,
        #"{"i":null,"d":null,"b":null,"s":null,"n":null,"l":null,"o":null,"e":null,"z":null,"u":null,"w":null,"m":"one"}"#,
      ])
  }

  @Test func textAroundTheValues() throws {
    let expected = try readJSON("{\"a\":1}\n{\"a\":2}\n")
    #expect(expected.lines == ["{\"a\":1}", "{\"a\":2}"])
    for text in [
      "{\"a\":1}\n{\"a\":2}", "{\"a\":1}\r\n{\"a\":2}\r\n",
      "\u{FEFF}{\"a\":1}\n\n \t\r\n{\"a\":2}\n\n",
      " { \"a\" : 1 } \n\t{\t\"a\"\t:\t2\t}\t", "{\"\\u0061\":1}\n{\"a\":2}\n",
    ] {
      for target in [1, 3, 7, 1 << 20] {
        #expect(try readJSON(text, target: target) == expected, "\(text)")
      }
    }
    #expect(try readJSON("").schema.count == 0)
    #expect(try readJSON("{}\n{}\n").lines == ["{}", "{}"])
  }

  @Test func escapes() throws {
    let result = try readJSON(
      #"{"s":"\"\\\/\b\f\n\r\t\u0041\u00e9\u20AC\ud83d\ude00 and a long tail","é\u0009":"\u0000"}"#)
    #expect(
      result.lines == [
        "{\"s\":\"\\\"\\\\/\\b\\f\\n\\r\\tAé€😀 and a long tail\",\"é\\t\":\"\\u0000\"}"
      ])
    let tail = " Rows like this are left out with badRows: .collect()."
    for (text, reason) in [
      (#"{"s":"\ud800"}"#, "\\ud800 begins with half of a pair of surrogates, which is no text."),
      (
        #"{"s":"\udc00\ud800"}"#,
        "\\udc00 begins with half of a pair of surrogates, which is no text."
      ),
      (#"{"s":"\ud83dx"}"#, "\\ud83d begins with half of a pair of surrogates, which is no text."),
      (#"{"s":"\x"}"#, "\\x\"} begins with an escape that JSON does not have."),
      (#"{"s":"\u12g4"}"#, "\\u12g4\"} begins with an escape that JSON does not have."),
      (#"{"s":"\"#, "the quote that opens here is never closed: \"\\."),
      ("{\"s\":\"\t\"}", "a string holds a control character that is not escaped."),
    ] {
      #expect(messageOfJSON(text) == "\"x.jsonl\", line 1: " + reason + tail)
    }
  }

  @Test func brokenLinesSayWhere() throws {
    let good = "{\"a\":1}\n\n"
    for (line, reason) in [
      ("{\"a\":1", "a comma or a closing brace should stand here, but the line ends"),
      ("{\"a\":1,}", "a key in quotes should stand here, but there is: }"),
      ("{\"a\" 1}", "a colon should stand here, but there is: 1}"),
      ("{\"a\":}", "a value should stand here, but there is: }"),
      ("{\"a\":[1,]}", "a value should stand here, but there is: ]}"),
      ("{\"a\":[1 2]}", "a comma or a closing bracket should stand here, but there is: 2]}"),
      ("{a:1}", "a key in quotes should stand here, but there is: a:1}"),
      ("{'a':1}", "a key in quotes should stand here, but there is: 'a':1}"),
      ("{\"a\":NaN}", "a value should stand here, but there is: NaN}"),
      ("{\"a\":-Infinity}", "-Infinity} begins like a number but is none"),
      ("{\"a\":01}", "01} begins like a number but is none"),
      ("{\"a\":1.}", "1.} begins like a number but is none"),
      ("{\"a\":1e}", "1e} begins like a number but is none"),
      ("{\"a\":+1}", "a value should stand here, but there is: +1}"),
      ("{\"a\":tru}", "a value should stand here, but there is: tru}"),
      ("{\"a\":1}{\"a\":2}", "behind the object stands more: {\"a\":2}"),
      ("{\"a\":1} x", "behind the object stands more: x"),
      ("7", "an object should stand here, but there is: 7"),
    ] {
      let expected =
        "\"x.jsonl\", line 3: \(reason). Rows like this are left out with badRows: .collect()."
      // While types are inferred, while values are read, and while they are passed over.
      #expect(messageOfJSON(good + line) == expected)
      #expect(messageOfJSON(good + line, jsonOptions { $0.inferenceRows = 1 }) == expected)
      let skipping = jsonOptions { $0.schema = Schema(unchecked: [Field("z", .int64)]) }
      #expect(messageOfJSON(good + line, skipping) == expected)
      let collecting = jsonOptions {
        $0.badRows = .collect()
        $0.schemaOverrides = ["a": .int64]
      }
      let left = try readJSON(good + line + "\n{\"a\":3}\n", collecting)
      #expect(left.lines == ["{\"a\":1}", "{\"a\":3}"])
      #expect(left.reasons == ["3 -: \(reason)"])
    }
    #expect(
      messageOfJSON("[{\"a\":1},\n{\"a\":2}]").hasSuffix(
        "A file that is one JSON array is not JSON Lines: each line must be an object of its own."))
    #expect(messageOfJSON([0x7B, 0x22, 0xFF, 0x22, 0x3A, 0x31, 0x7D]).contains("not valid UTF-8"))
    let units = Array("\u{FEFF}{\"é\":\"😀\"}\n".utf16)
    let wide = units.flatMap { (unit: UInt16) -> [UInt8] in [UInt8(unit >> 8), UInt8(unit & 0xFF)] }
    #expect(messageOfJSON(wide).contains("[\"{\\\"é\\\":\\\"😀\\\"}\"]"))
  }

  @Test func anErrorKnowsItsByte() throws {
    let folder = TemporaryFolder()
    let path = folder.file("x.jsonl", "{\"a\":1}\n{\"a\":\"x\"}\n")
    let options = jsonOptions { $0.inferenceRows = 1 }
    for request in [ReadRequest(columns: [0])] {
      let error = #expect(throws: ColumnarError.self) {
        try readJSON(path: path, options, request: request)
      }
      #expect(error?.code == .invalidValue)
      #expect(error?.context == [.file(path, offset: 13)])
      #expect(
        error?.message
          == "\"\(path)\", line 2, column \"a\": \"\"x\"\" is no int64. The type was inferred from the "
          + "first lines; raise inferenceRows or give it in schemaOverrides."
          || error?.message.contains("\"x\" is no int64") == true)
    }
  }

  @Test func statedTypes() throws {
    let fields: [(String, DataType, [(String, String?)])] = [
      (
        "i8", .int8,
        [
          ("127", "127"), ("128", nil), ("-128", "-128"), ("1.0", "1"), ("1.5", nil),
          ("\"1\"", nil),
        ]
      ),
      ("u8", .uint8, [("255", "255"), ("-1", nil), ("-0", "0"), ("2.5e1", "25")]),
      (
        "i64", .int64,
        [
          ("9223372036854775807", "9223372036854775807"), ("9223372036854775808", nil),
          ("1e3", "1000"), ("1e300", nil), ("000", nil), ("true", nil),
        ]
      ),
      (
        "u64", .uint64,
        [("18446744073709551615", "18446744073709551615"), ("18446744073709551616", nil)]
      ),
      (
        "f32", .float32,
        [("0.1", "0.1"), ("3.5e38", nil), ("1e-60", "0.0"), ("\"NaN\"", "\"NaN\"")]
      ),
      (
        "f64", .float64,
        [
          ("1e400", nil), ("-0", "-0.0"), ("1", "1.0"), ("0.1", "0.1"),
          ("123456789012345678901234567890", "1.2345678901234568e+29"),
          ("\"-Infinity\"", "\"-Infinity\""), ("\"inf\"", nil), ("4.9e-324", "5e-324"),
        ]
      ),
      ("b", .bool, [("true", "true"), ("1", nil), ("\"true\"", nil)]),
      (
        "s", .string,
        [
          ("\"x\"", "\"x\""), ("[1, {\"a\":null}]", "\"[1, {\\\"a\\\":null}]\""),
          ("1.50", "\"1.50\""), ("true", "\"true\""),
        ]
      ),
      (
        "bin", .binary,
        [
          ("\"\"", "\"\""), ("\"AQ==\"", "\"AQ==\""), ("\"AQI=\"", "\"AQI=\""),
          ("\"AQIDBAUGBwgJCgsMDQ4P\"", "\"AQIDBAUGBwgJCgsMDQ4P\""), ("\"AQ\"", nil),
          ("\"AR==\"", nil), ("\"A-==\"", nil), ("1", nil),
        ]
      ),
      ("d", .date, [("\"2024-02-29\"", "\"2024-02-29\""), ("\"2023-02-29\"", nil), ("1", nil)]),
      (
        "t", .timestamp(.millisecond),
        [("\"2024-02-29T01:02:03.5\"", "\"2024-02-29T01:02:03.500\"")]
      ),
      ("dur", .duration(.second), [("\"PT1M\"", "\"PT1M\""), ("60", nil)]),
      (
        "l", .list(.int8),
        [("[]", "[]"), ("[1,null]", "[1,null]"), ("[300]", nil), ("1", nil), ("[[1]]", nil)]
      ),
      (
        "fl", .fixedSizeList(.int64, count: 2),
        [("[1,2]", "[1,2]"), ("[1]", nil), ("[1,2,3]", nil)]
      ),
      (
        "o", .structure([Field("a", .int64)]),
        [("{}", "{\"a\":null}"), ("{\"a\":1,\"x\":2}", "{\"a\":1}"), ("[]", nil)]
      ),
      ("n", .null, [("null", "null"), ("1", nil)]),
    ]
    for (name, type, cases) in fields {
      for (text, expected) in cases {
        let options = jsonOptions { $0.schema = Schema(unchecked: [Field(name, type)]) }
        let line = "{\"\(name)\":\(text)}"
        if let expected {
          #expect(
            try readJSON(line + "\n{\"\(name)\":null}\n{}", options).lines
              == ["{\"\(name)\":\(expected)}", "{\"\(name)\":null}", "{\"\(name)\":null}"],
            "\(line)")
        } else {
          let message = messageOfJSON(line, options)
          #expect(!message.hasPrefix("no error"), "\(line): \(message)")
        }
      }
    }
    let opaque = jsonOptions {
      $0.schema = Schema(unchecked: [Field("a", .list(.opaque(Int.self)))])
    }
    #expect(messageOfJSON("{}", opaque).contains("JSON has no form for column \"a\""))
  }

  @Test func keysThatWereNotSeen() throws {
    let text = "{\"name\":1,\"o\":{\"x\":1}}\n{\"nmae\":2}\n"
    let first = jsonOptions { $0.inferenceRows = 1 }
    #expect(
      messageOfJSON(text, first)
        == "\"x.jsonl\", line 2: the key \"nmae\" is not in the schema. Did you mean \"name\"? Keys that "
        + "the first lines do not have are found by raising inferenceRows, and ignored with "
        + "unknownKeys: .ignore.")
    #expect(
      messageOfJSON("{\"o\":{\"x\":1}}\n{\"o\":{\"y\":1}}", first)
        .contains("column \"o\": the key \"y\" is not in the schema. The keys are \"x\"."))
    let ignoring = jsonOptions {
      $0.inferenceRows = 1
      $0.unknownKeys = .ignore
    }
    #expect(
      try readJSON(text, ignoring).lines
        == ["{\"name\":1,\"o\":{\"x\":1}}", "{\"name\":null,\"o\":null}"])
    let stated = jsonOptions {
      $0.schema = Schema(unchecked: [Field("o", .structure([Field("x", .int32)]))])
    }
    #expect(try readJSON(text, stated).lines == ["{\"o\":{\"x\":1}}", "{\"o\":null}"])
    let strict = jsonOptions {
      $0.schema = Schema(unchecked: [Field("o", .string)])
      $0.unknownKeys = .fail
    }
    #expect(messageOfJSON(text, strict).contains("the key \"name\" is not in the schema"))
    #expect(
      messageOfJSON(text, jsonOptions { $0.schemaOverrides = ["nam": .int64] })
        == "\"x.jsonl\" has no key \"nam\" whose type could be set. Did you mean \"name\"?")
  }

  @Test func keysThatStandTwice() throws {
    let text = "{\"a\":1,\"b\":{\"c\":[1,2]},\"a\":2,\"b\":{\"c\":[3]}}\n{\"a\":3}"
    #expect(messageOfJSON(text).contains("line 1, column \"a\": the key \"a\" stands twice"))
    let last = jsonOptions { $0.duplicateKeys = .last }
    #expect(
      try readJSON(text, last).lines
        == ["{\"a\":2,\"b\":{\"c\":[3]}}", "{\"a\":3,\"b\":null}"])
    #expect(
      try readJSON("{\"a\":1,\"a\":null}\n{\"a\":null,\"a\":5}", last).lines == [
        "{\"a\":null}", "{\"a\":5}",
      ])
    let collecting = jsonOptions { $0.badRows = .collect() }
    #expect(try readJSON(text, collecting).lines == ["{\"a\":3,\"b\":null}"])
  }

  @Test func deepNestingIsAnErrorAndNoOverflow() throws {
    let deep = "{\"a\":" + String(repeating: "[", count: 200_000)
    let objects = String(repeating: "{\"a\":", count: 200_000)
    let stated = jsonOptions { $0.schema = Schema(unchecked: [Field("b", .int64)]) }
    for text in [deep, objects] {
      for options in [JSONLinesReadOptions(), stated, jsonOptions { $0.maxDepth = .max }] {
        #expect(messageOfJSON(text, options).contains("lie too deep in one another"))
      }
    }
    func nested(_ depth: Int) -> String {
      "{\"a\":" + String(repeating: "[", count: depth - 1) + "1"
        + String(repeating: "]", count: depth - 1) + "}"
    }
    #expect(try readJSON(nested(512), jsonOptions { $0.maxDepth = 512 }).lines == [nested(512)])
    #expect(try readJSON(nested(3), jsonOptions { $0.maxDepth = 3 }).lines == [nested(3)])
    #expect(messageOfJSON(nested(4), jsonOptions { $0.maxDepth = 3 }).contains("too deep"))
  }

  @Test func timesOnlyIfAsked() throws {
    let text = "{\"d\":\"2024-01-02\",\"t\":\"2024-01-02T03:04:05Z\",\"n\":\"12\"}\n"
    #expect(try readJSON(text).schema.description == "[d: string, t: string, n: string]")
    #expect(
      try readJSON(text, jsonOptions { $0.infersTimes = true }).schema.description
        == "[d: date, t: timestamp[us, UTC], n: string]")
  }

  @Test func badRowsLeaveNothingBehind() throws {
    var random = SeededRandom(11)
    var (text, good): (String, [String]) = ("", [])
    for k in 0..<3000 {
      let line =
        "{\"a\":\(k),\"l\":[[\(k)],[]],\"o\":{\"s\":\"text \(k) that is longer\",\"f\":[1,2]}}"
      if random.next() % 3 == 0 {
        // Cut anywhere, or of the wrong type in the deepest place.
        let cut = Int(random.next() % UInt64(line.count - 1)) + 1
        text +=
          random.next() % 2 == 0
          ? String(line.prefix(cut)) + "\n" : line.replacing("1,2", with: "1,\"x\"") + "\n"
      } else {
        text += line + "\n"
        good.append(line)
      }
    }
    let options = jsonOptions {
      $0.badRows = .collect(limit: .max)
      $0.schema = Schema(unchecked: [
        Field("a", .int64), Field("l", .list(.list(.int16))),
        Field(
          "o", .structure([Field("s", .string), Field("f", .fixedSizeList(.float64, count: 2))])),
      ])
    }
    let result = try readJSON(text, options, target: 5000)
    #expect(result.lines == good.map { $0.replacing("1,2", with: "1.0,2.0") })
    #expect(result.rejects[0].count == 3000 - good.count)
    let few = jsonOptions {
      $0.badRows = .collect(limit: 2)
      $0.schema = options.schema
    }
    #expect(messageOfJSON(text, few).contains("has more than 2 bad rows"))
  }

  @Test func projectionsFiltersAndLimits() throws {
    let text = (0..<20_000).map { "{\"a\":\($0),\"b\":\"row \($0)\",\"c\":[\($0)]}\n" }.joined()
    let folder = TemporaryFolder()
    let path = folder.file("x.jsonl", text)
    #expect(
      try readJSON(path: path, target: 1000, request: ReadRequest(columns: [2, 0])).lines[19_999]
        == "{\"c\":[19999],\"a\":19999}")
    let limited = try readJSON(path: path, request: ReadRequest(columns: [1], limit: 3))
    #expect(limited.lines == (0..<3).map { "{\"b\":\"row \($0)\"}" })
    let selection = ReadRequest.Selection(columns: [0]) { batch in
      let view = PrimitiveView<Int64>(batch.columns[0])
      return Bitmap((0..<batch.count).map { view[$0] % 5000 == 4999 })
    }
    let kept = ReadRequest(columns: [1], limit: 3, selection: selection)
    #expect(
      try readJSON(path: path, request: kept).lines
        == [4999, 9999, 14999].map { "{\"b\":\"row \($0)\"}" })
    let source = try JSONLinesSource(path: path)
    let counted = try readBatches(source, target: 9999, request: ReadRequest(columns: []))
    #expect(counted.reduce(0) { $0 + $1.count } == 20_000)
  }

  @Test func aLineMayNotBeEndless() throws {
    let text = "{\"a\":\"" + String(repeating: "x", count: 5000) + "\"}\n"
    #expect(
      messageOfJSON(text, jsonOptions { $0.maxRowBytes = 1000 })
        == "\"x.jsonl\", line 1: the row that starts here is longer than 1000 bytes. "
        + "Is it JSON Lines, with one object on each line? Else raise maxRowBytes.")
    #expect(try readJSON(text, jsonOptions { $0.maxRowBytes = text.count }).lines.count == 1)
  }
}
