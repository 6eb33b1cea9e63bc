import ColumnarCore

/// The values of one dictionary as they came, and unique ones without nulls as columns need them.
///
/// A dictionary that is added to shares everything with the one before: codes stay what they are,
/// so that all may use the values of the longest.
struct IPCDictionary: Sendable {
  private let chain: IPCDictionaryChain
  /// The number of values as they came.
  private let count: Int
  private let type: DataType

  /// A new dictionary; one whose values are too large to be told apart is an error.
  init(_ values: Column, _ origin: IPCOrigin) throws {
    try Self.check(values, origin)
    type = values.type
    count = values.count
    chain = IPCDictionaryChain(values)
  }

  /// Values are compared with each other, element by element, and those of a list of nothing but
  /// nulls take no memory that would bound their number.
  private static func check(_ values: Column, _ origin: IPCOrigin) throws {
    guard
      values.type.element == nil && values.type.fields == nil
        || LeafCounts(values).total <= 2 * LeafCounts.limit
    else {
      throw origin.unsupported(
        "has a dictionary of lists with more than \(2 * LeafCounts.limit) elements",
        hint: "Have the column written without a dictionary.")
    }
  }

  private init(_ chain: IPCDictionaryChain, _ count: Int, _ type: DataType) {
    self.chain = chain
    self.count = count
    self.type = type
  }

  /// These values and more behind them.
  func adding(_ values: Column, _ origin: IPCOrigin) throws -> IPCDictionary {
    guard count + values.count <= Int32.max else {
      throw origin.unsupported(
        "has a dictionary of more than \(Int32.max) values", hint: "Write smaller ones.")
    }
    try Self.check(values, origin)
    chain.add(values)
    return IPCDictionary(chain, count + values.count, type)
  }

  /// The column of those codes, which it keeps unless they stand for floats.
  func column(
    _ buffer: Buffer, _ codeType: PhysicalType, _ validity: Bitmap?, _ count: Int,
    _ origin: IPCOrigin
  ) throws -> Column {
    if type.kind == .null { return .nulls(count) }
    let codes = try checked(buffer, codeType, validity, count, origin)
    let normal = chain.normalized()
    if normal.values.count == 0 { return .nulls(of: type, count: count) }
    guard !type.isFloatingPoint else {
      return plain(normal.values, codes, validity, count)
    }
    guard let map = normal.codes else {
      return .dictionary(codes: codes, values: normal.values, validity: validity, count: count)
    }
    let memory = MutableBuffer(count: count * 4)
    let (target, source) = (memory.pointer(as: Int32.self), codes.pointer(as: Int32.self))
    let bits = map.withUnsafeBufferPointer { map in
      Bitmap(count: count) { k in
        var word: UInt64 = 0
        for row in (k &* 64)..<min(count, (k &+ 1) &* 64) {
          let code = map[Int(source[row])]
          target[row] = max(0, code)
          if code >= 0, validity?.isSet(row) ?? true { word |= 1 &<< UInt64(row & 63) }
        }
        return word
      }
    }
    withExtendedLifetime(codes) {}
    return .dictionary(
      codes: memory.freeze(), values: normal.values,
      validity: bits.setCount == count ? nil : bits, count: count)
  }

  /// The values of codes, null where the code or its value is.
  private func plain(
    _ values: Column, _ codes: Buffer, _ validity: Bitmap?, _ count: Int
  ) -> Column {
    guard let validity else { return values.taking(RowIndices(buffer: codes, count: count)) }
    let memory = MutableBuffer(count: count * 4)
    let (target, source) = (memory.pointer(as: Int32.self), codes.pointer(as: Int32.self))
    for row in 0..<count { target[row] = validity.isSet(row) ? source[row] : -1 }
    withExtendedLifetime(codes) {}
    return values.taking(
      RowIndices(buffer: memory.freeze(), count: count, mayBeAbsent: true))
  }

  /// The codes as Int32, all within the values, also under nulls.
  private func checked(
    _ buffer: Buffer, _ type: PhysicalType, _ validity: Bitmap?, _ rows: Int, _ origin: IPCOrigin
  ) throws -> Buffer {
    switch type {
    case .int8: return try checked(buffer, Int8.self, validity, rows, origin)
    case .int16: return try checked(buffer, Int16.self, validity, rows, origin)
    case .int64: return try checked(buffer, Int64.self, validity, rows, origin)
    case .uint8: return try checked(buffer, UInt8.self, validity, rows, origin)
    case .uint16: return try checked(buffer, UInt16.self, validity, rows, origin)
    case .uint32: return try checked(buffer, UInt32.self, validity, rows, origin)
    case .uint64: return try checked(buffer, UInt64.self, validity, rows, origin)
    default: break
    }
    // Under a null any code may stand; over no values there is none to let it stand for.
    if count == 0, rows > 0, validity == nil || validity?.setCount != 0 {
      throw origin.corrupt("a column has codes of a dictionary of no values")
    }
    let codes = buffer.pointer(as: Int32.self)
    let limit = UInt32(truncatingIfNeeded: count)
    let isGood = (0..<rows).allSatisfy { UInt32(bitPattern: codes[$0]) < limit }
    return isGood ? buffer : try checked(buffer, Int32.self, validity, rows, origin)
  }

  private func checked<T: FixedWidthInteger & BitwiseCopyable>(
    _ buffer: Buffer, _: T.Type, _ validity: Bitmap?, _ rows: Int, _ origin: IPCOrigin
  ) throws -> Buffer {
    let source = buffer.pointer(as: T.self)
    let memory = MutableBuffer(count: rows * 4)
    let target = memory.pointer(as: Int32.self)
    for row in 0..<rows {
      let code = source[row]
      if validity?.isSet(row) == false {
        target[row] = 0
      } else if code >= 0, code < count {
        target[row] = Int32(truncatingIfNeeded: code)
      } else {
        throw origin.corrupt("row \(row) has code \(code) of a dictionary of \(count) values")
      }
    }
    withExtendedLifetime(buffer) {}
    return memory.freeze()
  }
}
