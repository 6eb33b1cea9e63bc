/// Sums of floating-point values in Double.
///
/// The class is not generic, and each batch switches over the type: methods of a generic class that
/// are called through an existential are not specialised (measured: 15 times slower).
final class FloatSumAccumulator: GroupAccumulator {
  private var sums = StateArray<Double>(initial: 0)

  func grow(to groups: Int) { sums.grow(to: groups) }

  func update(_ values: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) {
    if values.type.physical == .float32 {
      add(PrimitiveView<Float>(values), groups)
    } else {
      add(PrimitiveView<Double>(values), groups)
    }
  }

  @inline(__always)
  private func add<T: FloatValue>(_ view: PrimitiveView<T>, _ groups: UnsafePointer<UInt32>) {
    let (source, sums) = (view.values, sums.pointer)
    forEachValid(view.count, view.validity) { sums[Int(groups[$0])] += Double(source[$0]) }
  }

  func updateAll(_ values: Column, firstRow: Int64) {
    grow(to: 1)
    // A constant is summed by multiplication.
    let isConstant = values.encoding == .constant && values.count > 0
    let part = isConstant ? values.encodedValues : values
    let factor = isConstant ? Double(values.count) : 1
    if values.type.physical == .float32 {
      let view = PrimitiveView<Float>(part)
      sums.pointer[0] += factor * sumOfValues(view.values, view.count, view.validity)
    } else {
      let view = PrimitiveView<Double>(part)
      sums.pointer[0] += factor * sumOfValues(view.values, view.count, view.validity)
    }
  }

  var stateTypes: [DataType] { [.float64] }

  func partialState() -> [Column] { [sums.column(.float64)] }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) {
    let other = PrimitiveView<Double>(state[0])
    let sums = sums.pointer
    for row in 0..<other.count { sums[Int(groups[row])] += other.values[row] }
  }

  func finish() -> Column { sums.column(.float64) }
}

/// Float or Double.
protocol FloatValue: Primitive, BinaryFloatingPoint {}
extension Float: FloatValue {}
extension Double: FloatValue {}

/// The sum of the valid values: eight sums side by side, so that additions do not wait for each
/// other.
@inline(__always)
func sumOfValues<T: FloatValue>(
  _ values: UnsafePointer<T>, _ count: Int, _ validity: Bitmap?
) -> Double {
  guard let validity else { return denseSum(values, count) }
  var total = 0.0
  for k in 0..<validity.wordCount {
    var word = validity.word(k)
    let first = k &<< 6
    if word == ~0 {
      total += denseSum(values + first, 64)
      continue
    }
    while word != 0 {
      total += Double(values[first &+ word.trailingZeroBitCount])
      word &= word &- 1
    }
  }
  return total
}

@inline(__always)
private func denseSum<T: FloatValue>(_ values: UnsafePointer<T>, _ count: Int) -> Double {
  var (a, b, c, d) = (0.0, 0.0, 0.0, 0.0)
  var (e, f, g, h) = (0.0, 0.0, 0.0, 0.0)
  var i = 0
  while i &+ 8 <= count {
    a += Double(values[i])
    b += Double(values[i &+ 1])
    c += Double(values[i &+ 2])
    d += Double(values[i &+ 3])
    e += Double(values[i &+ 4])
    f += Double(values[i &+ 5])
    g += Double(values[i &+ 6])
    h += Double(values[i &+ 7])
    i &+= 8
  }
  while i < count {
    a += Double(values[i])
    i &+= 1
  }
  return ((a + b) + (c + d)) + ((e + f) + (g + h))
}
