import Columnar
import Glibc
import Harness

/// What it costs to run a function in worker processes: to start them, to move data, to lose one.
let processGroups = [smallProcessGroup, largeProcessGroup, recoveryGroup]

private let smallProcessGroup = Group("udf.process.3k") {
  let texts = Texts.hello(3_000)
  let expected = texts.map { $0.trimmed().lowercased() }
  let query = try DataFrame(["text": texts]).lazy.select(
    IsolatedFunctions.clean("text").as("r"))
  return Group.Content(
    contenders: [
      Contender("udf.process.3k") {
        try query.collect()
      } check: {
        try $0.expect("r", expected)
      },
      Contender("own-start") {
        try ProgramStart.run()
      } check: {
        try expect($0, 0, "the status")
      },
    ],
    cases: [
      Case(
        "udf.process.3k", rows: texts.count, references: ["own-start": "own-start"],
        target: .atMost(20))
    ])
}

/// 32 bytes a row: an integer, a number, a text of at most twelve bytes.
private let largeProcessGroup = Group("udf.process.10M") {
  let count = 10_000_000
  let a = Generated.array(1, count) { Int($0 % 2001) - 1000 }
  let b = Generated.halves(2, count)
  let texts = Generated.array(3, count) { "text \($0 % 10_000)" }
  let frame = try DataFrame(["a": a, "b": b, "text": texts])
  let products = zip(a, b).reduce(0) { $0 + Double($1.0) * $1.1 }
  let lengths = Double(texts.reduce(0) { $0 + $1.utf8.count })
  let batch = frame.lazy.select(IsolatedFunctions.weigh("a", "b", "text").as("r"))
  let rows = frame.lazy.select(IsolatedFunctions.weighRows("a", "b", "text").as("r"))
  let threads = ColumnarEngine.columnar(defaults: UDFOptions(isolation: .thread))
  let here = UDF.row("weighHere") { (a: Int, b: Double, text: String) in
    Double(a) * b + Double(text.utf8.count)
  }
  let megabytes = Double(count * 32) / 1e6
  return Group.Content(
    contenders: [
      Contender("udf.process.10M") {
        try batch.collect()
      } check: {
        try expect(try $0.sum("r"), products, "the sum")
      },
      Contender("udf.process.10M.rows") {
        try rows.collect()
      } check: {
        try expect(try $0.sum("r"), products + lengths, "the sum")
      },
      Contender("threads") {
        try frame.lazy.select(here("a", "b", "text").as("r")).collect(on: threads)
      } check: {
        try expect(try $0.sum("r"), products + lengths, "the sum")
      },
    ],
    cases: [
      // A gigabyte a second.
      Case("udf.process.10M", rows: count, target: .atMost(megabytes)),
      Case("udf.process.10M.rows", rows: count, references: ["threads": "threads"]),
    ])
}

/// The same query with and without a worker that kills itself halfway.
private let recoveryGroup = Group("udf.process.recovery") {
  let count = 200_000
  let values = Array(0..<count)
  var fatal = values
  fatal[count / 2] = -Int(getpid())
  let calm = try DataFrame(["x": values]).lazy.select(IsolatedFunctions.fragile("x").as("r"))
  let frame = try DataFrame(["x": fatal])
  let crash = frame.lazy.select(IsolatedFunctions.fragile("x").as("r"))
  let mark = "/tmp/columnar-bench-\(getpid())"
  return Group.Content(
    contenders: [
      Contender("udf.process.recovery") {
        close(open(mark, O_CREAT | O_WRONLY, 0o600))
        return try crash.collect()
      } check: {
        try expect(access(mark, F_OK), -1, "the mark, gone when the worker was killed")
        try $0.expect("r", fatal)
      },
      Contender("no-crash") {
        try calm.collect()
      } check: {
        try $0.expect("r", values)
      },
    ],
    cases: [
      Case("udf.process.recovery", rows: count, references: ["no-crash": "no-crash"])
    ])
}

/// The time that this tool itself takes from its start to its `main` and its end: the floor below
/// which no worker of it can be.
private enum ProgramStart {
  static func run() throws -> Int32 {
    var process: pid_t = 0
    var arguments: [UnsafeMutablePointer<CChar>?] = [strdup("columnar-bench"), strdup("--nothing")]
    defer { for argument in arguments { free(argument) } }
    arguments.append(nil)
    let failure = posix_spawn(&process, "/proc/self/exe", nil, nil, arguments, environ)
    guard failure == 0 else { throw CheckFailure("the tool did not start") }
    var status: Int32 = 0
    waitpid(process, &status, 0)
    return status
  }
}
