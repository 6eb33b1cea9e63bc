import ColumnarCore

extension Oracle {
  /// The value in another type; throws `misfit` for one that does not fit.
  ///
  /// Null stays null.
  ///
  /// Times to and from text are not covered: text is held against fixed examples instead.
  package static func cast(
    _ value: Value, from source: DataType, to target: DataType
  ) throws(Failure) -> Value {
    if value.isNull || source == target { return value }
    switch (source.kind, target.kind) {
    case (.string, .binary): return value
    case (_, .string): return try text(value, source)
    case (.string, _): return try parsed(value, target)
    case (_, .bool): return value == zero(like: value) ? .bool(false) : .bool(true)
    case (.timestamp(let from, _), .timestamp(let to, _)):
      return try rescaled(value, from.perSecond, to.perSecond, target, floors: true)
    case (.duration(let from), .duration(let to)):
      return try rescaled(value, from.perSecond, to.perSecond, target, floors: false)
    case (.date, .timestamp(let to, _)):
      guard let days = integer(value) else { throw .misfit }
      return try fitted(days * 86_400 * Int128(to.perSecond), target)
    case (.timestamp(let from, _), .date):
      guard let count = integer(value) else { throw .misfit }
      return try fitted(floored(count, 86_400 * Int128(from.perSecond)), target)
    default: break
    }
    switch value {
    case .bool(let flag): return try number(Int128(flag ? 1 : 0), target)
    case .double(let x): return try number(x, target)
    case .int, .uint: return try number(integer(value) ?? 0, target)
    case .list(let elements): return try list(elements, source, target)
    case .structure(let parts): return try structure(parts, source, target)
    default: throw .misfit
    }
  }

  /// The value in another type, or null if it does not fit; inside lists and structs only the
  /// misfits become null.
  package static func tryCast(
    _ value: Value, from source: DataType, to target: DataType
  ) -> Value {
    switch value {
    case .list(let elements) where target.element != nil:
      if case .fixedSizeList(_, let size) = target.kind, elements.count != size { return .null }
      guard let from = source.element, let to = target.element else { return .null }
      return .list(elements.map { tryCast($0, from: from, to: to) })
    case .structure(let parts) where target.fields != nil:
      return .structure(
        fieldPairs(source, target).map { tryCast(parts[$0], from: $1, to: $2) })
    default: return (try? cast(value, from: source, to: target)) ?? .null
    }
  }

  /// For each field of the target: the position and type of what becomes it, and its type.
  private static func fieldPairs(
    _ source: DataType, _ target: DataType
  ) -> [(Int, DataType, DataType)] {
    let (own, others) = (source.fields ?? [], target.fields ?? [])
    let isByName = others.allSatisfy { other in own.contains { $0.name == other.name } }
    return others.enumerated().map { place, other in
      let found = isByName ? own.firstIndex { $0.name == other.name } ?? place : place
      return (found, own[found].type, other.type)
    }
  }

  private static func zero(like value: Value) -> Value {
    switch value {
    case .double: .double(0)
    case .uint: .uint(0)
    case .bool: .bool(false)
    default: .int(0)
    }
  }

  private static func fitted(_ number: Int128, _ type: DataType) throws(Failure) -> Value {
    guard let result = value(number, as: type) else { throw .misfit }
    return result
  }

  private static func number(_ number: Int128, _ target: DataType) throws(Failure) -> Value {
    switch target.kind {
    case .float32: return .double(Double(Float(number)))
    case .float64: return .double(Double(number))
    default: return try fitted(number, target)
    }
  }

  private static func number(_ number: Double, _ target: DataType) throws(Failure) -> Value {
    switch target.kind {
    case .float64: return .double(number)
    case .float32:
      if number.isFinite, Float(number).isInfinite { throw .misfit }
      return .double(Double(Float(number)))
    default:
      guard number.isFinite, abs(number) < 1e30 else { throw .misfit }
      return try fitted(Int128(number), target)
    }
  }

  private static func rescaled(
    _ value: Value, _ from: Int64, _ to: Int64, _ target: DataType, floors: Bool
  ) throws(Failure) -> Value {
    guard let count = integer(value) else { throw .misfit }
    if to >= from { return try fitted(count * Int128(to / from), target) }
    let divisor = Int128(from / to)
    return try fitted(floors ? floored(count, divisor) : count / divisor, target)
  }

  private static func floored(_ a: Int128, _ b: Int128) -> Int128 {
    a >= 0 ? a / b : -((-a + b - 1) / b)
  }

  private static func text(_ value: Value, _ source: DataType) throws(Failure) -> Value {
    switch value {
    case .bool(let x): return .string("\(x)")
    case .int(let x): return .string("\(x)")
    case .uint(let x): return .string("\(x)")
    case .double(let x) where x.isNaN: return .string("nan")
    case .double(let x): return .string(source == .float32 ? "\(Float(x))" : "\(x)")
    case .bytes(let x):
      guard String(validating: x, as: UTF8.self) != nil else { throw .misfit }
      return value
    default: throw .misfit
    }
  }

  private static func parsed(_ value: Value, _ target: DataType) throws(Failure) -> Value {
    guard case .bytes(let bytes) = value else { throw .misfit }
    let text = String(decoding: bytes, as: UTF8.self)
    switch target.kind {
    case .bool:
      guard let flag = Bool(text.lowercased()) else { throw .misfit }
      return .bool(flag)
    case .float32:
      guard let number = Float(text) else { throw .misfit }
      return .double(Double(number))
    case .float64:
      guard let number = Double(text) else { throw .misfit }
      return .double(number)
    default:
      guard let number = Int128(text), let result = self.value(number, as: target) else {
        throw .misfit
      }
      return result
    }
  }

  private static func list(
    _ elements: [Value], _ source: DataType, _ target: DataType
  ) throws(Failure) -> Value {
    guard let from = source.element, let to = target.element else { throw .misfit }
    if case .fixedSizeList(_, let size) = target.kind, elements.count != size { throw .misfit }
    var result: [Value] = []
    for element in elements { result.append(try cast(element, from: from, to: to)) }
    return .list(result)
  }

  private static func structure(
    _ parts: [Value], _ source: DataType, _ target: DataType
  ) throws(Failure) -> Value {
    var result: [Value] = []
    for (place, from, to) in fieldPairs(source, target) {
      result.append(try cast(parts[place], from: from, to: to))
    }
    return .structure(result)
  }
}
