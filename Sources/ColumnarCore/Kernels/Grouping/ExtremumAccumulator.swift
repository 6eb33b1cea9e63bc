/// Which of two values wins: the least or the greatest.
protocol Extremum {
  /// Whether `candidate` takes the place of `current`.
  static func wins<T: OrderedValue>(_ candidate: T, _ current: T) -> Bool
  static func wins(_ candidate: UnsafeRawBufferPointer, _ current: UnsafeRawBufferPointer) -> Bool
  /// The value that every other one beats or equals.
  static func worst<T: OrderedValue>(_ type: T.Type) -> T
}

enum Least: Extremum {
  @inline(__always)
  static func wins<T: OrderedValue>(_ candidate: T, _ current: T) -> Bool {
    T.precedes(candidate, current)
  }
  static func wins(_ candidate: UnsafeRawBufferPointer, _ current: UnsafeRawBufferPointer) -> Bool {
    precedes(candidate, current)
  }
  static func worst<T: OrderedValue>(_ type: T.Type) -> T { T.greatest }
}

enum Greatest: Extremum {
  @inline(__always)
  static func wins<T: OrderedValue>(_ candidate: T, _ current: T) -> Bool {
    T.precedes(current, candidate)
  }
  static func wins(_ candidate: UnsafeRawBufferPointer, _ current: UnsafeRawBufferPointer) -> Bool {
    precedes(current, candidate)
  }
  static func worst<T: OrderedValue>(_ type: T.Type) -> T { T.least }
}

/// A value in the engine's order, in which NaN is greatest.
protocol OrderedValue: Primitive {
  static func precedes(_ a: Self, _ b: Self) -> Bool
  static var least: Self { get }
  static var greatest: Self { get }
}

extension OrderedValue where Self: FixedWidthInteger {
  @inline(__always)
  static func precedes(_ a: Self, _ b: Self) -> Bool { a < b }
  static var least: Self { .min }
  static var greatest: Self { .max }
}

extension OrderedValue where Self: BinaryFloatingPoint {
  @inline(__always)
  static func precedes(_ a: Self, _ b: Self) -> Bool { a < b || (b != b && a == a) }
  static var least: Self { -.infinity }
  static var greatest: Self { .nan }
}

extension Int8: OrderedValue {}
extension Int16: OrderedValue {}
extension Int32: OrderedValue {}
extension Int64: OrderedValue {}
extension UInt8: OrderedValue {}
extension UInt16: OrderedValue {}
extension UInt32: OrderedValue {}
extension UInt64: OrderedValue {}
extension Int128: OrderedValue {}
extension Float: OrderedValue {}
extension Double: OrderedValue {}

/// Minima or maxima of fixed-width values; booleans come as bytes.
///
/// The loops over a type are erased into closures once, when the accumulator is made.
final class ExtremumAccumulator: GroupAccumulator {
  private typealias Add = (Column, UnsafePointer<UInt32>, UnsafeMutableRawPointer) -> Void
  private typealias AddAll = (Column, UnsafeMutableRawPointer) -> Bool

  /// The best value of each group, in the width of the type.
  private var values = MutableBuffer(capacity: 0)
  private var seen = StateArray<UInt8>(initial: 0)
  private let type: DataType
  private let width: Int
  private let clear: (UnsafeMutableRawPointer, Int) -> Void
  private let add: Add
  private let addAll: AddAll

  init<T: OrderedValue, E: Extremum>(_ type: DataType, _ value: T.Type, _ which: E.Type) {
    self.type = type
    width = MemoryLayout<T>.stride
    clear = { start, count in
      start.assumingMemoryBound(to: T.self).initialize(repeating: E.worst(T.self), count: count)
    }
    add = { column, groups, state in
      let view = PrimitiveView<T>(column)
      let (source, best) = (view.values, state.assumingMemoryBound(to: T.self))
      forEachValid(view.count, view.validity) {
        let group = Int(groups[$0])
        let (value, current) = (source[$0], best[group])
        best[group] = E.wins(value, current) ? value : current
      }
    }
    addAll = { column, state in
      extremum(PrimitiveView<T>(column), state.assumingMemoryBound(to: T.self), which)
    }
  }

  func grow(to groups: Int) {
    let count = seen.count
    guard groups > count else { return }
    values.reserve((groups - count) * width)
    clear(values.start + count * width, groups - count)
    values.count = groups * width
    seen.grow(to: groups)
  }

  func update(_ column: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) {
    guard type.kind != .null else { return }
    let plain = column.fixedWidth()
    add(plain, groups, values.start)
    let seen = seen.pointer
    forEachValid(plain.count, plain.validity) { seen[Int(groups[$0])] = 1 }
  }

  func updateAll(_ column: Column, firstRow: Int64) {
    grow(to: 1)
    guard type.kind != .null else { return }
    if addAll(column.fixedWidth(), values.start) { seen.pointer[0] = 1 }
  }

  var stateTypes: [DataType] { [type] }

  func partialState() -> [Column] { [finish()] }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) {
    update(state[0], groups: groups, firstRow: 0)
  }

  func finish() -> Column {
    let count = seen.count
    if type.kind == .null { return .nulls(count) }
    let seen = seen.pointer
    let validity = groupValidity(count) { seen[$0] != 0 }
    let copy = Buffer(copying: UnsafeRawBufferPointer(start: values.start, count: count * width))
    let isBoolean = type.kind == .bool
    let column = Column(
      type: isBoolean ? .uint8 : type, values: copy, validity: validity, count: count)
    return isBoolean ? column.bytesAsBooleans() : column
  }
}

/// Puts the best of all values, and of what was there, into `best`; false if there are none.
@inline(__always)
private func extremum<T: OrderedValue, E: Extremum>(
  _ view: PrimitiveView<T>, _ best: UnsafeMutablePointer<T>, _ which: E.Type
) -> Bool {
  let source = view.values
  if let validity = view.validity {
    guard validity.setCount > 0 else { return false }
    var current = best.pointee
    forEachValid(view.count, validity) {
      current = E.wins(source[$0], current) ? source[$0] : current
    }
    best.pointee = current
    return true
  }
  guard view.count > 0 else { return false }
  // Four candidates side by side.
  var (a, b, c, d) = (best.pointee, best.pointee, best.pointee, best.pointee)
  var i = 0
  while i &+ 4 <= view.count {
    a = E.wins(source[i], a) ? source[i] : a
    b = E.wins(source[i &+ 1], b) ? source[i &+ 1] : b
    c = E.wins(source[i &+ 2], c) ? source[i &+ 2] : c
    d = E.wins(source[i &+ 3], d) ? source[i &+ 3] : d
    i &+= 4
  }
  while i < view.count {
    a = E.wins(source[i], a) ? source[i] : a
    i &+= 1
  }
  if E.wins(b, a) { a = b }
  if E.wins(c, a) { a = c }
  if E.wins(d, a) { a = d }
  best.pointee = a
  return true
}
