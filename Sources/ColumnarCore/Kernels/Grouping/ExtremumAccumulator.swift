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
extension Float: OrderedValue {}
extension Double: OrderedValue {}

/// Minima or maxima of fixed-width values; booleans come as bytes.
final class ExtremumAccumulator<T: OrderedValue, E: Extremum>: GroupAccumulator {
  private var values: StateArray<T>
  private var seen = StateArray<UInt8>(initial: 0)
  private let type: DataType

  init(type: DataType) {
    self.type = type
    values = StateArray(initial: E.worst(T.self))
  }

  func grow(to groups: Int) {
    values.grow(to: groups)
    seen.grow(to: groups)
  }

  func update(_ column: Column, groups: UnsafePointer<UInt32>, firstRow: Int64) {
    guard type.kind != .null else { return }
    let view = PrimitiveView<T>(column.fixedWidth())
    let (source, best, seen) = (view.values, values.pointer, seen.pointer)
    forEachValid(view.count, view.validity) {
      let group = Int(groups[$0])
      let (value, current) = (source[$0], best[group])
      best[group] = E.wins(value, current) ? value : current
      seen[group] = 1
    }
  }

  func updateAll(_ column: Column, firstRow: Int64) {
    grow(to: 1)
    guard type.kind != .null else { return }
    let view = PrimitiveView<T>(column.fixedWidth())
    guard view.count > 0 else { return }
    let source = view.values
    var best = values.pointer[0]
    if let validity = view.validity {
      guard validity.setCount > 0 else { return }
      forEachValid(view.count, validity) { best = E.wins(source[$0], best) ? source[$0] : best }
    } else {
      // Four candidates side by side.
      var (a, b, c, d) = (best, best, best, best)
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
      for other in [b, c, d] where E.wins(other, a) { a = other }
      best = a
    }
    values.pointer[0] = best
    seen.pointer[0] = 1
  }

  var stateTypes: [DataType] { [type] }

  func partialState() -> [Column] { [finish()] }

  func merge(_ state: [Column], groups: UnsafePointer<UInt32>) {
    update(state[0], groups: groups, firstRow: 0)
  }

  func finish() -> Column {
    if type.kind == .null { return .nulls(values.count) }
    let seen = seen.pointer
    let validity = groupValidity(values.count) { seen[$0] != 0 }
    if type.kind == .bool { return values.column(.uint8, validity: validity).bytesAsBooleans() }
    return values.column(type, validity: validity)
  }
}
