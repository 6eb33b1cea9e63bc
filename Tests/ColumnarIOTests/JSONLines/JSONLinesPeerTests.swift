import ColumnarCore
import ColumnarTesting
import Foundation
import Testing

@testable import ColumnarIO

/// Beside Python's json, pyarrow and, where they are, Polars and DuckDB.
@Suite struct JSONLinesPeerTests {
  private let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("json_peer.py").path

  @Test func theSameRowsAsOthers() throws {
    guard let python = PythonPeer.python else { return }
    let folder = TemporaryFolder()
    let theirs = folder.path + "/theirs.jsonl"
    let made = try PythonPeer.run(python, [script, "make", theirs, "5"])
    try #require(made.status == 0, "\(made.text)")
    let source = try JSONLinesSource(path: theirs)
    #expect(
      Set(source.schema.fields.map { "\($0.name): \($0.type)" })
        == [
          "i: int64", "d: float64", "b: bool", "s: string", "l: list[int64]",
          "o: struct[x: float64, y: struct[z: string]]",
          "lo: list[struct[k: string, v: list[float64]]]",
        ])
    let ours = folder.path + "/ours.jsonl"
    let writer = try JSONLinesWriter(path: ours, schema: source.schema)
    for batch in try readBatches(source, target: 4000) { try writer.write(batch) }
    try writer.finish()
    let compared = try PythonPeer.run(python, [script, "compare", theirs, ours])
    #expect(compared.status == 0 && compared.text.hasSuffix("same\n"), "\(compared.text)")
  }

  /// Damaged lines are refused exactly where Python's json refuses them.
  @Test func theSameLinesAreRefused() throws {
    guard let python = PythonPeer.python else { return }
    var random = SeededRandom(99)
    let seeds = [
      #"{"a":1,"b":[true,false,null,-0.5e+3,"x\u00e9\ud83d\ude00\n"],"c":{"d":{}}}"#,
      #"{"k" : "text" , "l":[ [ ] , [1.0E-2] ]}"#, "{\"é\":\"€😀\", \"z\":0}",
    ].map { Array($0.utf8) }
    let marks = Array("{}[]\",:\\/u-+eE.0123456789abfnrt \t".utf8)
    var bytes: [UInt8] = []
    for _ in 0..<3000 {
      var line = seeds[Int(random.next() % 3)]
      for _ in 0..<(random.next() % 3) {
        let at = Int(random.next() % UInt64(line.count))
        switch random.next() % 4 {
        case 0: line[at] = marks[Int(random.next() % UInt64(marks.count))]
        case 1: line.remove(at: at)
        case 2: line.insert(marks[Int(random.next() % UInt64(marks.count))], at: at)
        default: line[at] = UInt8(truncatingIfNeeded: random.next() | 1)
        }
      }
      bytes += line.filter { $0 != 0x0A } + [0x0A]
    }
    let folder = TemporaryFolder()
    let path = folder.file("x.jsonl", bytes)
    let judged = try PythonPeer.run(python, [script, "judge", path])
    try #require(judged.status == 0, "\(judged.text)")
    let expected = judged.text.trimmingCharacters(in: .whitespacesAndNewlines).split(separator: ",")
    let options = jsonOptions {
      $0.schema = Schema(unchecked: [])
      $0.badRows = .collect(limit: .max)
    }
    let source = try JSONLinesSource(path: path, options: options)
    _ = try readBatches(source, target: 10_000)
    let refused = cells(source.rejects.batch().columns[1]).compactMap { $0 }
    #expect(expected.count > 500 && expected.count < 2500)
    #expect(Set(refused) == Set(expected.map(String.init)))
  }
}
