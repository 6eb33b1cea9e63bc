/// Arithmetic means, summed in Double.
final class MeanAccumulator: GroupAccumulator {
  private struct State: BitwiseCopyable {
    var sum = 0.0
    var count: Int64 = 0
  }
  private var states = StateArray<State>(initial: State())
  private let input: DataType
  private let result: DataType

  init(input: DataType, result: DataType) {
    self.input = input
    self.result = result
  }

  func grow(to groups: Int) { states.grow(to: groups) }

  func update(_ values: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) {
    let states = states.pointer
    withDoubles(of: values) { count, validity, value in
      forEachValid(count, validity) {
        let group = Int(groups[$0])
        states[group].sum += value($0)
        states[group].count &+= 1
      }
    }
  }

  func updateAll(_ values: Column, firstRow: Int64) {
    grow(to: 1)
    let states = states.pointer
    states[0].count &+= Int64(values.count - values.nullCount)
    if values.type.kind == .float64 {
      let view = PrimitiveView<Double>(values)
      states[0].sum += sumOfValues(view.values, view.count, view.validity)
      return
    }
    withDoubles(of: values) { count, validity, value in
      var sum = 0.0
      forEachValid(count, validity) { sum += value($0) }
      states[0].sum += sum
    }
  }

  var stateTypes: [DataType] { [.float64, .int64] }

  func partialState() -> [Column] {
    let count = states.count
    let sums = MutableBuffer(count: count * 8)
    let counts = MutableBuffer(count: count * 8)
    for group in 0..<count {
      sums.pointer(as: Double.self)[group] = states.pointer[group].sum
      counts.pointer(as: Int64.self)[group] = states.pointer[group].count
    }
    return [
      Column(type: .float64, values: sums.freeze(), count: count),
      Column(type: .int64, values: counts.freeze(), count: count),
    ]
  }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) {
    let sums = PrimitiveView<Double>(state[0])
    let counts = PrimitiveView<Int64>(state[1])
    let states = states.pointer
    for row in 0..<sums.count {
      let group = Int(groups[row])
      states[group].sum += sums.values[row]
      states[group].count &+= counts.values[row]
    }
  }

  func finish() -> Column {
    let count = states.count
    let states = states.pointer
    let memory = MutableBuffer(count: count * 8)
    let target = memory.pointer(as: Double.self)
    let validity = groupValidity(count) { states[$0].count > 0 }
    for group in 0..<count { target[group] = states[group].sum / Double(states[group].count) }
    guard result.physical == .int64 else {
      return Column(type: result, values: memory.freeze(), validity: validity, count: count)
    }
    // The mean of durations is a duration again, cut to whole units.
    let whole = MutableBuffer(count: count * 8)
    for group in 0..<count {
      whole.pointer(as: Int64.self)[group] = Int64(exactly: target[group].rounded(.towardZero)) ?? 0
    }
    return Column(type: result, values: whole.freeze(), validity: validity, count: count)
  }
}

/// Calls `body` with the number of rows, their validity, and a function from row to value as a
/// Double.
@inline(__always)
func withDoubles(
  of values: Column, _ body: (Int, Bitmap?, (Int) -> Double) -> Void
) {
  guard values.type.kind != .null else { return }
  let plain = values.fixedWidth()
  let (count, validity, base) = (plain.count, plain.validity, plain.plainBase)
  switch plain.type.physical {
  case .int8: body(count, validity) { Double(base.assumingMemoryBound(to: Int8.self)[$0]) }
  case .int16: body(count, validity) { Double(base.assumingMemoryBound(to: Int16.self)[$0]) }
  case .int32: body(count, validity) { Double(base.assumingMemoryBound(to: Int32.self)[$0]) }
  case .int64: body(count, validity) { Double(base.assumingMemoryBound(to: Int64.self)[$0]) }
  case .uint8: body(count, validity) { Double(base.assumingMemoryBound(to: UInt8.self)[$0]) }
  case .uint16: body(count, validity) { Double(base.assumingMemoryBound(to: UInt16.self)[$0]) }
  case .uint32: body(count, validity) { Double(base.assumingMemoryBound(to: UInt32.self)[$0]) }
  case .uint64: body(count, validity) { Double(base.assumingMemoryBound(to: UInt64.self)[$0]) }
  case .float32: body(count, validity) { Double(base.assumingMemoryBound(to: Float.self)[$0]) }
  case .float64: body(count, validity) { base.assumingMemoryBound(to: Double.self)[$0] }
  case .int128:
    let scale = plain.type.decimalDigits?.scale ?? 0
    body(count, validity) {
      DecimalMath.double(base.assumingMemoryBound(to: Int128.self)[$0], scale: scale)
    }
  default: break
  }
  withExtendedLifetime(plain) {}
}
