import Columnar
import ColumnarCore
import Glibc
import Synchronization

/// The functions that the fixture serves; the tests call the same ones.
package enum FixtureFunctions {
  package static let double = UDF.row("double", options: .inWorkers) { (x: Int) in x * 2 }

  package static let score = UDF.row("score", options: .inWorkers) {
    (a: Int, b: Double, text: String) in Double(a) * b + Double(text.utf8.count)
  }

  /// Waits in its worker, up to eight calls at once.
  package static let waiting = UDF.async(
    "waiting", options: UDFOptions(maxConcurrency: 8, isolation: .process)
  ) { (x: Int) async throws -> Int in
    let now = inFlight.wrappingAdd(1, ordering: .relaxed).newValue
    defer { inFlight.wrappingSubtract(1, ordering: .relaxed) }
    try await Task.sleep(for: .milliseconds(1))
    if now > 8 { throw FixtureError.tooMany }
    return x + 1
  }
  private static let inFlight = Atomic<Int>(0)

  package static let shout = UDF.row("shout", options: .inWorkers) { (text: String?) in
    text.map { $0.uppercased() + "!" }
  }

  package static let lists = UDF.row("lists", options: .inWorkers) { (x: Int) in
    x % 3 == 0 ? nil : (0..<(x % 5)).map { "\(x).\($0) is a text longer than twelve bytes" }
  }

  /// Slow enough for a worker to be killed in the middle of a batch.
  package static let slow = UDF.row("slow", options: .inWorkers) { (x: Int) in
    usleep(30)
    return x + 1
  }

  /// Dies of some values, each in another way.
  package static let poison = UDF.row("poison", options: .inWorkers) { (x: Int) in
    if let end = End(rawValue: x) { try end.happen() }
    return x * 10
  }

  /// As `poison`, but never called twice for a row.
  package static let poisonOnce = UDF.row("poisonOnce", options: .inWorkers(contract: .once)) {
    (x: Int) in
    if let end = End(rawValue: x) { try end.happen() }
    return x * 10
  }

  package static let chatty = UDF.row("chatty", options: .inWorkers) { (x: Int) in
    print("a line on stdout, row \(x)")
    complain("a line on stderr, row \(x)")
    return x
  }

  package static let process = UDF.row("process", options: .inWorkers) { (x: Int) in Int(getpid()) }

  /// What the closure captured, which in a worker is what it is there.
  package static func scaled(by factor: Int) -> RowUDF1<Int, Int> {
    UDF.row("scaled", options: .inWorkers) { (x: Int) in x * factor }
  }

  package static let stateful = UDF.row("stateful", options: .inWorkers) {
    (x: Int, tally: FixtureTally) in tally.add(x)
  }

  /// A batch function that keeps what it was given.
  package static let keeper = UDF.batch("keeper", options: .inWorkers) { (x: ColumnView<Int>) in
    kept.withLock { $0.append(x) }
    return kept.withLock { kept in x.indices.map { kept[0][0] + x[$0] - x[$0] } }
  }
  private static let kept = Mutex<[ColumnView<Int>]>([])

  /// In the program a function of integers, in the worker one of texts.
  package static let different: RowUDF1<Int, Int> = UDF.row("different", options: .inWorkers) {
    (x: Int) in x
  }
  package static let differentThere = UDF.row("different", options: .inWorkers) { (x: String) in 1 }

  package static let failing = UDF.row("failing", options: .inWorkers) { (x: Int) in
    if x == 1234 { throw FixtureError.unlucky(x) }
    return x
  }

  package static let brokenState = UDF.row(
    "brokenState", state: State("model") { () throws -> Int in throw FixtureError.noModel },
    options: .inWorkers
  ) { (x: Int, model: Int) in x + model }

  /// Fails for negative numbers, which are collected.
  package static let root = UDF.row("root", options: .inWorkers(onError: .collect)) {
    (x: Double) throws -> Double in
    if x < 0 { throw FixtureError.unlucky(Int(x)) }
    return x.squareRoot()
  }

  /// The next decimal of the same scale.
  package static let next = UDF.row("next", options: .inWorkers) { (x: Decimal128) in
    Decimal128(unscaled: x.unscaled + 1, scale: x.scale)
  }

  package static let not = UDF.row("not", options: .inWorkers) { (x: Bool) in !x }

  package static let sum = UDF.row("sum", options: .inWorkers) { (x: [Double]) in x.reduce(0, +) }

  /// Takes no column.
  package static let constant = UDF.row("constant", options: .inWorkers) { 7 }

  /// Results that are much larger than what they are made of.
  package static let swell = UDF.row("swell", options: .inWorkers) { (x: Int) in
    String(repeating: "ab", count: x)
  }

  package static let textLength = UDF.row("textLength", options: .inWorkers) { (s: String) in
    s.utf8.count
  }

  /// A state whose constructor kills its worker.
  package static let deadlyState = UDF.row(
    "deadlyState",
    state: State("bomb") { () throws -> Int in
      complain("deadlyState begins")
      kill(getpid(), SIGKILL)
      return 1
    },
    options: .inWorkers
  ) { (x: Int, one: Int) in x + one }

  /// Where a program says that `lateState` can be made.
  package static func lateStatePath(of program: Int32) -> String {
    "/tmp/columnar-late-state-\(program)"
  }

  /// A state that cannot be made until the program says so.
  package static let lateState = UDF.row(
    "lateState",
    state: State("late") { () throws -> Int in
      if access(lateStatePath(of: getppid()), F_OK) != 0 { throw FixtureError.noModel }
      return 1
    },
    options: .inWorkers
  ) { (x: Int, one: Int) in x + one }

  /// A state that takes its time.
  package static let slowState = UDF.row(
    "slowState",
    state: State("slow") { () -> Int in
      usleep(3_000_000)
      return 1
    },
    options: .inWorkers
  ) { (x: Int, one: Int) in x + one }

  /// Sums up in the order of the calls.
  package static let orderedTally = UDF.row(
    "orderedTally", options: .inWorkers(contract: .ordered)
  ) { (x: Int, tally: FixtureTally) in tally.add(x) }

  package static let unknown = UDF.row("unknown", options: .inWorkers) { (x: Int) in x }

  package static let served: [any ServedFunction] = [
    double, score, waiting, shout, lists, slow, poison, poisonOnce, chatty, process, scaled(by: 1),
    stateful,
    keeper, differentThere, failing, brokenState, root, next, not, sum,
    constant, swell, textLength, deadlyState, lateState, slowState,
    orderedTally,
  ]
}

package enum FixtureError: Error {
  case tooMany
  case unlucky(Int)
  case noModel
}

/// How a worker ends at a value.
package enum End: Int, CaseIterable, Sendable {
  case segmentationFault = -1
  case abort = -2
  case fatal = -3
  case killed = -4
  case exits = -5
  case outOfMemory = -6
  case hangs = -7

  func happen() throws {
    switch self {
    case .segmentationFault: UnsafeMutablePointer<Int>(bitPattern: 8)?.pointee = 1
    case .abort: Glibc.abort()
    case .fatal: fatalError("the value was \(rawValue)")
    case .killed: kill(getpid(), SIGKILL)
    case .exits: exit(3)
    case .outOfMemory:
      var limit = rlimit(rlim_cur: 1 << 30, rlim_max: 1 << 30)
      setrlimit(__rlimit_resource_t(RLIMIT_AS.rawValue), &limit)
      var all: [[UInt8]] = []
      while true { all.append([UInt8](repeating: 1, count: 64 << 20)) }
    case .hangs: while true { sleep(1000) }
    }
  }
}

/// A state that tells its end on stderr.
package final class FixtureTally: Stateful {
  private var sum = 0

  package init() throws { FixtureTally.say("made") }

  package func add(_ x: Int) -> Int {
    sum += x
    return sum
  }

  package func finish() { FixtureTally.say("finished") }

  private static func say(_ what: String) { complain("tally \(what)") }
}

/// Writes a line to stderr.
func complain(_ line: String) {
  let text = line + "\n"
  _ = text.withCString { write(2, $0, strlen($0)) }
}
