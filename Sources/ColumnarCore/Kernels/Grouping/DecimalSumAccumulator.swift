/// Sums and means of decimals, exact in 192 bits, so that neither the order of rows nor the number
/// of threads decides whether a sum overflows.
final class DecimalSumAccumulator: GroupAccumulator {
  private struct State: BitwiseCopyable {
    var low: UInt128 = 0
    /// What stands above 128 bits, the sign with it.
    var high: Int64 = 0
    var count: Int64 = 0

    @inline(__always)
    mutating func add(_ value: Int128) {
      add(low: UInt128(bitPattern: value), high: Int64(truncatingIfNeeded: value &>> 127), 1)
    }

    @inline(__always)
    mutating func add(low other: UInt128, high otherHigh: Int64, _ rows: Int64) {
      let (sum, carry) = low.addingReportingOverflow(other)
      low = sum
      high &+= otherHigh &+ Int64(truncatingIfNeeded: asInt(carry))
      count &+= rows
    }

    /// The sum if 128 bits hold it.
    var exact: Int128? {
      let value = Int128(bitPattern: low)
      return Int64(truncatingIfNeeded: value &>> 127) == high ? value : nil
    }
  }

  private var states = StateArray<State>(initial: State())
  private let scale: Int
  private let isMean: Bool

  init(input: DataType, isMean: Bool) {
    scale = input.decimalDigits?.scale ?? 0
    self.isMean = isMean
  }

  func grow(to groups: Int) { states.grow(to: groups) }

  func update(_ values: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) {
    let view = PrimitiveView<Int128>(values)
    let (source, states) = (view.values, states.pointer)
    forEachValid(view.count, view.validity) { states[Int(groups[$0])].add(source[$0]) }
    withExtendedLifetime(view) {}
  }

  func updateAll(_ values: Column, firstRow: Int64) {
    grow(to: 1)
    let view = PrimitiveView<Int128>(values)
    let source = view.values
    var total = State()
    forEachValid(view.count, view.validity) { total.add(source[$0]) }
    withExtendedLifetime(view) {}
    states.pointer[0].add(low: total.low, high: total.high, total.count)
  }

  var stateTypes: [DataType] { [.uint64, .uint64, .int64, .int64] }

  func partialState() -> [Column] {
    let count = states.count
    let states = states.pointer
    func words(_ type: DataType, _ word: (State) -> UInt64) -> Column {
      let memory = MutableBuffer(count: count * 8)
      let target = memory.pointer(as: UInt64.self)
      for group in 0..<count { target[group] = word(states[group]) }
      return Column(type: type, values: memory.freeze(), count: count)
    }
    return [
      words(.uint64) { UInt64(truncatingIfNeeded: $0.low) },
      words(.uint64) { UInt64(truncatingIfNeeded: $0.low &>> 64) },
      words(.int64) { UInt64(bitPattern: $0.high) },
      words(.int64) { UInt64(bitPattern: $0.count) },
    ]
  }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) {
    let (low, middle) = (PrimitiveView<UInt64>(state[0]), PrimitiveView<UInt64>(state[1]))
    let (high, rows) = (PrimitiveView<Int64>(state[2]), PrimitiveView<Int64>(state[3]))
    let states = states.pointer
    for row in 0..<low.count {
      states[Int(groups[row])].add(
        low: UInt128(low.values[row]) | UInt128(middle.values[row]) &<< 64,
        high: high.values[row], rows.values[row])
    }
    withExtendedLifetime((low, middle, high, rows)) {}
  }

  /// The results; a sum of more than 38 digits is an `overflow` error.
  func finish() throws -> Column { isMean ? means() : try sums() }

  private func sums() throws -> Column {
    let count = states.count
    let states = states.pointer
    let type = DataType.decimal128(DecimalMath.maxPrecision, scale: scale)
    let limit = DecimalMath.power(DecimalMath.maxPrecision)
    let memory = MutableBuffer(count: count * 16)
    let target = memory.pointer(as: Int128.self)
    for group in 0..<count {
      guard let sum = states[group].exact, DecimalMath.fits(sum, below: limit) else {
        throw ColumnarError(
          .overflow,
          "A sum does not fit \(type). Cast the column to a smaller scale, or to float64, before "
            + "summing it.")
      }
      target[group] = sum
    }
    return Column(type: type, values: memory.freeze(), count: count)
  }

  private func means() -> Column {
    let count = states.count
    let states = states.pointer
    let memory = MutableBuffer(count: count * 8)
    let target = memory.pointer(as: Double.self)
    let validity = groupValidity(count) { states[$0].count > 0 }
    for group in 0..<count {
      target[group] = mean(states[group])
    }
    return Column(type: .float64, values: memory.freeze(), validity: validity, count: count)
  }

  /// Rounded once where sum and divisor are exact doubles.
  private func mean(_ state: State) -> Double {
    let exactDoubles: UInt128 = 1 << 53
    let count = Double(state.count)
    guard let sum = state.exact else {
      let whole = Double(state.high) * 0x1p128 + Double(state.low)
      return whole / DecimalMath.double(DecimalMath.power(scale), scale: 0) / count
    }
    if sum.magnitude <= exactDoubles, scale < 16,
      UInt128(state.count) * UInt128(DecimalMath.power(scale)) <= exactDoubles
    {
      return Double(sum) / (count * Double(DecimalMath.power(scale)))
    }
    return DecimalMath.double(sum, scale: scale) / count
  }
}
