/// Variances and standard deviations by Welford's and Chan's updates, which stay exact far from
/// zero.
final class VarianceAccumulator: GroupAccumulator {
  private struct State: BitwiseCopyable {
    var count: Int64 = 0
    var mean = 0.0
    /// The sum of squared distances from the mean.
    var squares = 0.0

    @inline(__always)
    mutating func add(_ value: Double) {
      count &+= 1
      let distance = value - mean
      mean += distance / Double(count)
      squares += distance * (value - mean)
    }

    @inline(__always)
    mutating func add(_ other: State) {
      guard other.count > 0 else { return }
      guard count > 0 else {
        self = other
        return
      }
      let total = Double(count &+ other.count)
      let distance = other.mean - mean
      squares += other.squares + distance * distance * (Double(count) * Double(other.count) / total)
      mean += distance * (Double(other.count) / total)
      count &+= other.count
    }
  }

  private var states = StateArray<State>(initial: State())
  private let ddof: Int64
  private let root: Bool

  init(ddof: Int, root: Bool) {
    self.ddof = Int64(ddof)
    self.root = root
  }

  func grow(to groups: Int) { states.grow(to: groups) }

  func update(_ values: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) {
    let states = states.pointer
    withDoubles(of: values) { count, validity, value in
      forEachValid(count, validity) { states[Int(groups[$0])].add(value($0)) }
    }
  }

  func updateAll(_ values: Column, firstRow: Int64) {
    grow(to: 1)
    let states = states.pointer
    // The batch is in cache: its mean first, then the distances, then one merge.
    withDoubles(of: values) { count, validity, value in
      var batch = State()
      var sum = 0.0
      forEachValid(count, validity) {
        sum += value($0)
        batch.count &+= 1
      }
      guard batch.count > 0 else { return }
      let mean = sum / Double(batch.count)
      batch.mean = mean
      var squares = 0.0
      forEachValid(count, validity) {
        let distance = value($0) - mean
        squares += distance * distance
      }
      batch.squares = squares
      states[0].add(batch)
    }
  }

  var stateTypes: [DataType] { [.int64, .float64, .float64] }

  func partialState() -> [Column] {
    let count = states.count
    let counts = MutableBuffer(count: count * 8)
    let means = MutableBuffer(count: count * 8)
    let squares = MutableBuffer(count: count * 8)
    for group in 0..<count {
      counts.pointer(as: Int64.self)[group] = states.pointer[group].count
      means.pointer(as: Double.self)[group] = states.pointer[group].mean
      squares.pointer(as: Double.self)[group] = states.pointer[group].squares
    }
    return [
      Column(type: .int64, values: counts.freeze(), count: count),
      Column(type: .float64, values: means.freeze(), count: count),
      Column(type: .float64, values: squares.freeze(), count: count),
    ]
  }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) {
    let counts = PrimitiveView<Int64>(state[0])
    let means = PrimitiveView<Double>(state[1])
    let squares = PrimitiveView<Double>(state[2])
    let states = states.pointer
    for row in 0..<counts.count {
      states[Int(groups[row])].add(
        State(
          count: counts.values[row], mean: means.values[row], squares: squares.values[row]))
    }
  }

  func finish() -> Column {
    let count = states.count
    let states = states.pointer
    let memory = MutableBuffer(count: count * 8)
    let target = memory.pointer(as: Double.self)
    let ddof = ddof
    let validity = groupValidity(count) { states[$0].count > 0 && states[$0].count > ddof }
    for group in 0..<count {
      let variance = states[group].squares / Double(states[group].count &- ddof)
      target[group] = root ? variance.squareRoot() : variance
    }
    return Column(type: .float64, values: memory.freeze(), validity: validity, count: count)
  }
}
