/// What the runs of one contender took, in milliseconds.
struct Times {
  private(set) var all: [Double] = []

  mutating func add(_ time: Double) { all.append(time) }

  var count: Int { all.count }
  var min: Double { all.min() ?? 0 }
  var max: Double { all.max() ?? 0 }

  var median: Double {
    let sorted = all.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}
