/// Sums of integers of up to four bytes, which 64 bits always hold; signed and unsigned sums are
/// the same bits.
final class NarrowSumAccumulator: GroupAccumulator {
  private var sums = StateArray<Int64>(initial: 0)
  private let result: DataType

  init(result: DataType) { self.result = result }

  func grow(to groups: Int) { sums.grow(to: groups) }

  func update(_ values: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) {
    switch values.type.physical {
    case .int8: add(Int8.self, values, groups)
    case .int16: add(Int16.self, values, groups)
    case .int32: add(Int32.self, values, groups)
    case .bool, .uint8: add(UInt8.self, values.fixedWidth(), groups)
    case .uint16: add(UInt16.self, values, groups)
    case .uint32: add(UInt32.self, values, groups)
    // Nothing but nulls.
    default: break
    }
  }

  @inline(__always)
  private func add<T: Primitive & FixedWidthInteger>(
    _ type: T.Type, _ values: Column, _ groups: UnsafePointer<UInt32>
  ) {
    let view = PrimitiveView<T>(values)
    let (source, sums) = (view.values, sums.pointer)
    forEachValid(view.count, view.validity) {
      sums[Int(groups[$0])] &+= Int64(truncatingIfNeeded: source[$0])
    }
  }

  func updateAll(_ values: Column, firstRow: Int64) {
    grow(to: 1)
    let total =
      switch values.type.physical {
      case .int8: sum(Int8.self, values)
      case .int16: sum(Int16.self, values)
      case .int32: sum(Int32.self, values)
      case .bool, .uint8: sum(UInt8.self, values.fixedWidth())
      case .uint16: sum(UInt16.self, values)
      case .uint32: sum(UInt32.self, values)
      default: 0 as Int64
      }
    sums.pointer[0] &+= total
  }

  @inline(__always)
  private func sum<T: Primitive & FixedWidthInteger>(_ type: T.Type, _ values: Column) -> Int64 {
    let view = PrimitiveView<T>(values)
    let source = view.values
    var total: Int64 = 0
    forEachValid(view.count, view.validity) { total &+= Int64(truncatingIfNeeded: source[$0]) }
    return total
  }

  var stateTypes: [DataType] { [.int64] }

  func partialState() -> [Column] { [sums.column(.int64)] }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) {
    let other = PrimitiveView<Int64>(state[0])
    let sums = sums.pointer
    for row in 0..<other.count { sums[Int(groups[row])] &+= other.values[row] }
  }

  func finish() -> Column { sums.column(result) }
}

/// A 128-bit integer in two words.
struct WideInteger: BitwiseCopyable {
  var low: UInt64 = 0
  var high: Int64 = 0

  @inline(__always)
  mutating func add(low other: UInt64, high otherHigh: Int64) {
    let (sum, carry) = low.addingReportingOverflow(other)
    low = sum
    high &+= otherHigh &+ Int64(truncatingIfNeeded: asInt(carry))
  }
}

/// Sums of 64-bit integers, exact in 128 bits, so that neither the order of rows nor the number of
/// threads decides whether a sum overflows.
final class WideSumAccumulator: GroupAccumulator {
  private var sums = StateArray<WideInteger>(initial: WideInteger())
  private let result: DataType
  private let isSigned: Bool

  init(result: DataType) {
    self.result = result
    isSigned = result.physical == .int64
  }

  func grow(to groups: Int) { sums.grow(to: groups) }

  func update(_ values: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) {
    let sums = sums.pointer
    if isSigned {
      let view = PrimitiveView<Int64>(values)
      let source = view.values
      forEachValid(view.count, view.validity) {
        let value = source[$0]
        sums[Int(groups[$0])].add(low: UInt64(bitPattern: value), high: value &>> 63)
      }
    } else {
      let view = PrimitiveView<UInt64>(values)
      let source = view.values
      forEachValid(view.count, view.validity) {
        sums[Int(groups[$0])].add(low: source[$0], high: 0)
      }
    }
  }

  func updateAll(_ values: Column, firstRow: Int64) {
    grow(to: 1)
    // Halves are summed apart: each fits 64 bits for as many rows as a column can have.
    var low: UInt64 = 0
    var high: Int64 = 0
    if isSigned {
      let view = PrimitiveView<Int64>(values)
      let source = view.values
      forEachValid(view.count, view.validity) {
        low &+= UInt64(bitPattern: source[$0]) & 0xFFFF_FFFF
        high &+= source[$0] &>> 32
      }
    } else {
      let view = PrimitiveView<UInt64>(values)
      let source = view.values
      forEachValid(view.count, view.validity) {
        low &+= source[$0] & 0xFFFF_FFFF
        high &+= Int64(truncatingIfNeeded: source[$0] &>> 32)
      }
    }
    sums.pointer[0].add(low: low, high: 0)
    sums.pointer[0].add(low: UInt64(bitPattern: high) &<< 32, high: high &>> 32)
  }

  var stateTypes: [DataType] { [.uint64, .int64] }

  func partialState() -> [Column] {
    let count = sums.count
    let low = MutableBuffer(count: count * 8)
    let high = MutableBuffer(count: count * 8)
    for group in 0..<count {
      low.pointer(as: UInt64.self)[group] = sums.pointer[group].low
      high.pointer(as: Int64.self)[group] = sums.pointer[group].high
    }
    return [
      Column(type: .uint64, values: low.freeze(), count: count),
      Column(type: .int64, values: high.freeze(), count: count),
    ]
  }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) {
    let low = PrimitiveView<UInt64>(state[0])
    let high = PrimitiveView<Int64>(state[1])
    let sums = sums.pointer
    for row in 0..<low.count {
      sums[Int(groups[row])].add(low: low.values[row], high: high.values[row])
    }
  }

  /// The sums; one that leaves the result type is an `overflow` error.
  func finish() throws -> Column {
    let count = sums.count
    let memory = MutableBuffer(count: count * 8)
    let target = memory.pointer(as: UInt64.self)
    var fits = true
    for group in 0..<count {
      let sum = sums.pointer[group]
      target[group] = sum.low
      let expected = isSigned ? Int64(bitPattern: sum.low) &>> 63 : 0
      fits = fits && sum.high == expected
    }
    guard fits else {
      throw ColumnarError(
        .overflow,
        "A sum does not fit \(result). Cast the column to float64 before "
          + "summing it.")
    }
    return Column(type: result, values: memory.freeze(), count: count)
  }
}
