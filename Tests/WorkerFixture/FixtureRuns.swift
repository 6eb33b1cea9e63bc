import Columnar
import ColumnarCore
import Glibc

/// What the fixture does when it is no worker: it is a program that uses workers.
enum FixtureRuns {
  static func run(_ arguments: [String]) {
    switch arguments.first {
    case "parent": hang()
    case "counts": counts()
    case "cache": CacheUser(Array(arguments.dropFirst())).run()
    case "nested cache": NestedCacheUser.run(arguments.last ?? "")
    case "logs": logs()
    default: complain("this is no worker")
    }
  }

  /// Starts workers that hang, and tells their ids.
  private static func hang() {
    let query = try? DataFrame(["x": [End.hangs.rawValue]]).lazy
      .select(FixtureFunctions.poison("x").as("r"))
    _ = try? query?.collect()
  }

  /// Lets a worker print, and one finish its state.
  private static func logs() {
    for function in [FixtureFunctions.chatty.function, FixtureFunctions.stateful.function] {
      use(function, [5, 6], cancels: false)
    }
  }

  /// Tells open descriptors and child processes before and after queries that end in all ways.
  private static func counts() {
    warmUp()
    let before = figures()
    for round in 0..<3 {
      use(FixtureFunctions.double.function, Array(0..<1000), cancels: false)
      use(FixtureFunctions.failing.function, [1234], cancels: false)
      use(FixtureFunctions.poison.function, [End.allCases[round].rawValue], cancels: false)
      use(FixtureFunctions.poison.function, [End.hangs.rawValue], cancels: true)
      use(FixtureFunctions.brokenState.function, [1], cancels: false)
      use(FixtureFunctions.unknown.function, [1], cancels: false)
    }
    print("\(before) \(figures())")
  }

  private static func warmUp() {
    use(FixtureFunctions.double.function, [1], cancels: false)
    _ = figures()
  }

  private static func use(_ function: UserFunction, _ values: [Int], cancels: Bool) {
    let cancellation = Cancellation()
    if cancels {
      _ = ThreadPool.shared.start {
        usleep(50_000)
        cancellation.cancel()
      }
    }
    let frame = try? DataFrame(["x": values])
    let query = frame.map {
      LazyFrame(.select([Expr(.call(function, [col("x")])).as("r")], $0.lazy.plan))
    }
    _ = try? query.map { try Query($0, .columnar).run(cancellation) }
  }

  /// Descriptors, children, and mappings of memory that is shared with workers.
  private static func figures() -> String {
    // A thread may still be on its way out of its last job, which held the result.
    var rounds = 0
    while mappings() > 0, rounds < 6_000 {
      usleep(10_000)
      rounds += 1
    }
    return "\(entries("/proc/self/fd")) \(children()) \(mappings())"
  }

  private static func mappings() -> Int {
    guard let file = fopen("/proc/self/maps", "r") else { return -1 }
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 4096)
    var count = 0
    while fgets(&line, Int32(line.count), file) != nil {
      if strstr(line, "memfd:columnar") != nil { count += 1 }
    }
    return count
  }

  private static func entries(_ path: String) -> Int {
    guard let folder = opendir(path) else { return -1 }
    defer { closedir(folder) }
    var count = 0
    while readdir(folder) != nil { count += 1 }
    return count
  }

  /// Whether there is a child, dead or alive.
  private static func children() -> Int {
    var info = siginfo_t()
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 ? 1 : 0
  }
}
