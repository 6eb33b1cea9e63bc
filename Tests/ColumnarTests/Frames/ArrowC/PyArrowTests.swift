import CArrowShim
import Columnar
import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

/// Frames that go to pyarrow and come from it in one process.
@Suite(.serialized) struct PyArrowTests {
  /// A struct that Python gets the address of.
  static func place<T>(_ empty: T) -> UnsafeMutablePointer<T> {
    let place = UnsafeMutablePointer<T>.allocate(capacity: 1)
    place.initialize(to: empty)
    return place
  }

  static func frame(_ generator: inout ColumnGenerator, _ types: [DataType]) -> DataFrame {
    let batches = (0..<3).map { _ -> Batch in
      let count = generator.rowCount(upTo: 80)
      return Batch(
        unchecked: Schema(unchecked: types.enumerated().map { Field("c\($0)", $1) }),
        columns: types.map { generator.column($0, count: count) }, count: count)
    }
    return DataFrame(schema: batches[0].schema, partitions: [batches])
  }

  /// pyarrow checks every byte of what it is handed, takes it to pieces, and hands the same back.
  @Test(arguments: [ArrowLayout.views, .offsets, .largeOffsets])
  func framesGoToAndFro(_ layout: ArrowLayout) throws {
    guard let python = EmbeddedPython.shared else { return }
    let types =
      ColumnGenerator.allTypes + [
        .list(.structure([Field("d", .date), Field("b", .binary)])),
        .structure([Field("s", .structure([Field("l", .list(.bool))]))]), .structure([]),
      ]
    try PropertyTest.seeds(4) { generator in
      let frame = Self.frame(&generator, types)
      let (out, back) = (Self.place(ArrowArrayStream()), Self.place(ArrowArrayStream()))
      defer {
        out.deallocate()
        back.deallocate()
      }
      try frame.export(arrow: out, layout: layout)
      try python.run(
        """
        import gc, pyarrow as pa
        reader = pa.RecordBatchReader._import_from_c(\(Int(bitPattern: out)))
        batches = [b for b in reader]
        del reader
        for b in batches:
            b.validate(full=True)
            # Slices and parts outlive their batch.
            assert b.num_columns == \(types.count)
        table = pa.Table.from_batches(batches, batches[0].schema)
        assert table.num_rows == \(frame.count)
        parts = []
        for b in batches:
            parts += [b.slice(0, b.num_rows // 3), b.slice(b.num_rows // 3)]
        kept = pa.RecordBatchReader.from_batches(batches[0].schema, parts)
        del batches, table, parts, b
        gc.collect()
        kept._export_to_c(\(Int(bitPattern: back)))
        del kept
        """)
      #expect(out.pointee.release == nil)
      let result = try DataFrame(arrow: back)
      #expect(back.pointee.release == nil)
      #expect(result.schema == frame.schema)
      for name in frame.schema.names {
        let (a, b) = (try frame.column(name), try result.column(name))
        #expect(Value.rows(of: a) == Value.rows(of: b), "\(a.type), seed \(generator.seed)")
      }
    }
  }

  @Test func whatPyArrowMakesIsRead() throws {
    guard let python = EmbeddedPython.shared else { return }
    let stream = Self.place(ArrowArrayStream())
    defer { stream.deallocate() }
    try python.run(
      """
      import decimal, datetime, pyarrow as pa
      n = 100
      words = ["", "a", "twelve bytes", "thirteen byte", None, "more than twelve bytes"]
      text = pa.array([words[k % 6] for k in range(n)])
      nums = pa.array([None if k % 7 == 1 else k for k in range(n)])
      t = pa.table({
        "i": nums, "text": text, "large": text.cast(pa.large_utf8()),
        "view": text.cast(pa.string_view()), "dict": text.dictionary_encode(),
        "lists": pa.array([[k] * (k % 4) for k in range(n)], pa.list_(pa.int16())),
        "map": pa.array([[("k", k)] for k in range(n)], pa.map_(pa.utf8(), pa.int64())),
        "ree": pa.RunEndEncodedArray.from_arrays(pa.array([40, 100], pa.int32()), pa.array(["x", "y"])),
        "lv": pa.array([[k, k] for k in range(n)], pa.list_view(pa.int32())),
        "half": pa.array(range(n), pa.int32()).cast(pa.float16()),
        "t": pa.array([datetime.time(1, 2, k % 60) for k in range(n)], pa.time32("s")),
        "b": pa.array([k % 3 == 0 for k in range(n)]),
        "s": pa.StructArray.from_arrays([nums, text.dictionary_encode()], ["a", "b"]),
      })
      # Windows that start anywhere, of chunks that differ.
      reader = pa.concat_tables([t.slice(3, 50), t.slice(53)]).to_reader(max_chunksize=17)
      reader._export_to_c(\(Int(bitPattern: stream)))
      """)
    let frame = try DataFrame(arrow: stream)
    #expect(frame.count == 97 && frame.columnCount == 13)
    let words = ["", "a", "twelve bytes", "thirteen byte", nil, "more than twelve bytes"]
    let expected = (3..<100).map { words[$0 % 6] }
    for name in ["text", "large", "view", "dict"] {
      #expect(try Array(frame[name, as: String?.self]) == expected, "\(name)")
    }
    #expect(try Array(frame["i", as: Int?.self]) == (3..<100).map { $0 % 7 == 1 ? nil : $0 })
    #expect(try Array(frame["ree", as: String.self]) == (3..<100).map { $0 < 40 ? "x" : "y" })
    #expect(try Array(frame["lv", as: [Int32].self]) == (3..<100).map { [$0, $0] })
    #expect(
      try Array(frame["lists", as: [Int16].self])
        == (3..<100).map { k in [Int16](repeating: Int16(k), count: k % 4) })
    #expect(try Array(frame["half", as: Float.self]) == (3..<100).map { Float($0) })
    #expect(try Array(frame["b", as: Bool.self]) == (3..<100).map { $0 % 3 == 0 })
    let rows = Value.rows(of: try frame.column("s"))
    #expect(rows[0] == .structure([.int(3), .string("thirteen byte")]))
    let maps = Value.rows(of: try frame.column("map"))
    #expect(maps[0] == .list([.structure([.string("k"), .int(3)])]))
  }

  /// pyarrow's own count of its memory says that each array is released, and once.
  @Test func memoryOfBothSidesIsLetGo() throws {
    guard let python = EmbeddedPython.shared else { return }
    let stream = Self.place(ArrowArrayStream())
    defer { stream.deallocate() }
    func take(_ count: Int) throws -> DataFrame {
      try python.run(
        """
        import pyarrow as pa
        pool = pa.proxy_memory_pool(pa.default_memory_pool())
        import sys
        sys.columnar_pool = pool
        numbers = pa.array(range(100_000), pa.int64(), memory_pool=pool)
        assert pool.bytes_allocated() >= 800_000
        batch = pa.record_batch([numbers], ["n"])
        reader = pa.RecordBatchReader.from_batches(batch.schema, [batch] * 3)
        reader._export_to_c(\(Int(bitPattern: stream)))
        """)
      if count == 3 { return try DataFrame(arrow: stream) }
      return try LazyFrame.scan(arrow: stream).limit(count).collect()
    }
    func expectAllocated(_ condition: String) throws {
      try python.run("import sys; assert sys.columnar_pool.bytes_allocated() \(condition)")
    }
    for count in [3, 10] {
      var frame: DataFrame? = try take(count)
      var part = try frame?.column("n").slice(5..<7)
      frame = nil
      #expect(part.map { Value.rows(of: $0) } == [.int(5), .int(6)])
      if count == 10 { try expectAllocated(">= 800_000") }
      part = nil
      try expectAllocated("== 0")
    }
  }

  /// What pyarrow holds of ours lives as long as it holds it, and is let go when it lets go.
  @Test(arguments: [false, true])
  func memoryHandedOutIsReleasedOnce(_ asDictionary: Bool) throws {
    guard let python = EmbeddedPython.shared else { return }
    let stream = Self.place(ArrowArrayStream())
    defer { stream.deallocate() }
    weak var values: ColumnStorage?
    weak var codes: ColumnStorage?
    func hand() throws {
      let words = String.column(of: (0..<50).map { "a word of more than twelve bytes, \($0)" })
      let coded = Column.dictionary(
        codes: Buffer(copying: (0..<5000).map { Int32($0 % 50) }), values: words, count: 5000)
      let column = asDictionary ? coded : words
      (values, codes) = (words.storage, coded.storage)
      let schema = Schema(unchecked: [Field("w", .string)])
      let batches = [0, 1].map { _ in
        Batch(unchecked: schema, columns: [column], count: column.count)
      }
      try DataFrame(schema: schema, partitions: [batches])
        .export(arrow: stream, dictionaryColumns: asDictionary ? ["w"] : [])
    }
    try hand()
    #expect(values != nil && (codes != nil) == asDictionary)
    try python.run(
      """
      import gc, sys, pyarrow as pa
      table = pa.RecordBatchReader._import_from_c(\(Int(bitPattern: stream))).read_all()
      table.validate(full=True)
      assert pa.types.is_dictionary(table.schema.field("w").type) == \(asDictionary ? "True" : "False")
      words = table["w"].combine_chunks() if not \(asDictionary ? "True" : "False") else table["w"]
      n = 50
      assert table.num_rows == \(asDictionary ? 10_000 : 100)
      assert [w.as_py() for w in words[:60]] == [f"a word of more than twelve bytes, {k % n}" for k in range(60)]
      # A part outlives all the rest.
      sys.columnar_part = table["w"].chunk(1).slice(7, 1)
      del table, words
      gc.collect()
      """)
    #expect(stream.pointee.release == nil)
    #expect(values != nil && (codes != nil) == asDictionary)
    try python.run(
      """
      import gc, sys
      assert sys.columnar_part[0].as_py() == "a word of more than twelve bytes, 7"
      del sys.columnar_part
      gc.collect()
      """)
    #expect(values == nil && codes == nil)
  }

  @Test func dictionariesGoToAndFro() throws {
    guard let python = EmbeddedPython.shared else { return }
    let types = ColumnGenerator.flatTypes.filter { $0 != .null }
    try PropertyTest.seeds(3) { generator in
      let frame = Self.frame(&generator, types)
      let (out, back) = (Self.place(ArrowArrayStream()), Self.place(ArrowArrayStream()))
      defer {
        out.deallocate()
        back.deallocate()
      }
      try frame.lazy.export(arrow: out, dictionaryColumns: frame.schema.names)
      try python.run(
        """
        import pyarrow as pa
        reader = pa.RecordBatchReader._import_from_c(\(Int(bitPattern: out)))
        batches = [b for b in reader]
        for b in batches:
            b.validate(full=True)
            assert all(pa.types.is_dictionary(f.type) for f in b.schema)
        pa.RecordBatchReader.from_batches(reader.schema, batches)._export_to_c(\(Int(bitPattern: back)))
        del batches, reader, b
        """)
      let result = try DataFrame(arrow: back)
      #expect(result.schema == frame.schema)
      for name in frame.schema.names {
        let (a, b) = (try frame.column(name), try result.column(name))
        #expect(Value.rows(of: a) == Value.rows(of: b), "\(a.type), seed \(generator.seed)")
      }
    }
  }

  @Test func queriesRunWhileTheyAreRead() throws {
    guard let python = EmbeddedPython.shared else { return }
    let stream = Self.place(ArrowArrayStream())
    defer { stream.deallocate() }
    let query = try DataFrame(["a": Array(0..<200_000)]).lazy.filter(col("a") % 2 == 0)
      .with((col("a") * 2).as("b"))
    try query.export(arrow: stream)
    try python.run(
      """
      import pyarrow as pa
      table = pa.RecordBatchReader._import_from_c(\(Int(bitPattern: stream))).read_all()
      assert table.num_rows == 100_000
      assert table["b"].to_pylist() == list(range(0, 400_000, 4))
      """)
    // Left before its end, which ends the query.
    try query.export(arrow: stream)
    try python.run(
      """
      import pyarrow as pa
      reader = pa.RecordBatchReader._import_from_c(\(Int(bitPattern: stream)))
      assert reader.read_next_batch()["a"][0].as_py() == 0
      reader.close()
      """)
    // Never read at all.
    try query.export(arrow: stream)
    stream.pointee.release?(stream)
    #expect(throws: ColumnarError.self) { try query.select("nothing").export(arrow: stream) }
  }

  @Test func errorsCrossInBothDirections() throws {
    guard let python = EmbeddedPython.shared else { return }
    let stream = Self.place(ArrowArrayStream())
    defer { stream.deallocate() }
    struct Bad: Error, CustomStringConvertible { let description = "the closure is unwell" }
    let fails = UDF.row("fails") { (a: Int) throws -> Int in
      if a == 50_000 { throw Bad() }
      return a
    }
    let many = try DataFrame(["a": Array(0..<100_000)])
    try many.lazy.select(fails("a").as("b")).export(arrow: stream)
    try python.run(
      """
      import pyarrow as pa
      reader = pa.RecordBatchReader._import_from_c(\(Int(bitPattern: stream)))
      try:
          reader.read_all()
          raise SystemError("no error came")
      except (pa.ArrowInvalid, OSError) as error:
          assert "the closure is unwell" in str(error) and "fails" in str(error), error
      """)
    try python.run(
      """
      import pyarrow as pa
      schema = pa.schema([("n", pa.int64())])
      def batches():
          yield pa.record_batch([pa.array([1, 2])], schema=schema)
          raise ValueError("the generator is unwell")
      pa.RecordBatchReader.from_batches(schema, batches())._export_to_c(\(Int(bitPattern: stream)))
      """)
    let error = #expect(throws: ColumnarError.self) { try DataFrame(arrow: stream) }
    #expect(error?.code == .io)
    #expect(error?.message.contains("the generator is unwell") == true)
    #expect(stream.pointee.release == nil)
    try python.run(
      """
      import pyarrow as pa
      table = pa.table({"d": pa.array([pa.MonthDayNano([1, 2, 3])])})
      table.to_reader()._export_to_c(\(Int(bitPattern: stream)))
      """)
    let refused = #expect(throws: ColumnarError.self) { try DataFrame(arrow: stream) }
    #expect(refused?.code == .unsupported && refused?.message.contains("interval") == true)
  }

  @Test func singleArraysCross() throws {
    guard let python = EmbeddedPython.shared else { return }
    let (array, schema) = (Self.place(ArrowArray()), Self.place(ArrowSchema()))
    defer {
      array.deallocate()
      schema.deallocate()
    }
    let frame = try DataFrame(["a": [1, 2, 3], "s": ["x", nil, "a text of many bytes"]])
    try frame.export(arrow: array, schema: schema)
    try python.run(
      """
      import pyarrow as pa
      batch = pa.RecordBatch._import_from_c(\(Int(bitPattern: array)), \(Int(bitPattern: schema)))
      batch.validate(full=True)
      assert batch.to_pydict() == {"a": [1, 2, 3], "s": ["x", None, "a text of many bytes"]}
      pa.array([1.5, None, 2.5])._export_to_c(\(Int(bitPattern: array)), \(Int(bitPattern: schema)))
      """)
    let values = try DataFrame(arrow: array, schema: schema)
    #expect(values.schema.names == ["values"])
    #expect(try Array(values["values", as: Double?.self]) == [1.5, nil, 2.5])
    #expect(throws: ColumnarError.self) { try DataFrame(arrow: array, schema: schema) }
  }

  @Test func streamsAreScannedOnce() throws {
    let stream = Self.place(ArrowArrayStream())
    defer { stream.deallocate() }
    let frame = try DataFrame(["a": Array(0..<100_000), "b": (0..<100_000).map { "\($0)" }])
    try frame.export(arrow: stream)
    let query = LazyFrame.scan(arrow: stream)
    #expect(stream.pointee.release == nil)
    #expect(try query.schema() == frame.schema)
    let found = try query.filter(col("a") >= 99_998).select("b").collect()
    #expect(try Array(found["b", as: String.self]) == ["99998", "99999"])
    let error = #expect(throws: ColumnarError.self) { try query.collect() }
    #expect(error?.code == .invalidPlan && error?.message.contains("once") == true)
    try frame.export(arrow: stream)
    #expect(try LazyFrame.scan(arrow: stream).limit(3).collect().count == 3)
  }

  /// More streams at once than there are threads for tests: none needs another of them to go on.
  @Test(arguments: [1, 2])
  func queriesFeedEachOther(_ threads: Int) async throws {
    try await withThrowingTaskGroup(of: Int.self) { group in
      for _ in 0..<6 {
        group.addTask {
          let stream = Self.place(ArrowArrayStream())
          defer { stream.deallocate() }
          let numbers = try DataFrame(["a": Array(0..<50_000)]).lazy
          try numbers.filter(col("a") % 2 == 0)
            .export(arrow: stream, on: .columnar(threads: threads))
          return try LazyFrame.scan(arrow: stream).filter(col("a") % 4 == 0)
            .collect(on: .columnar(threads: threads)).count
        }
      }
      for try await count in group { #expect(count == 12_500) }
    }
  }
}
