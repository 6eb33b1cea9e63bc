import ColumnarCore

/// The values of one dictionary as they came, and unique ones without nulls as columns need them.
///
/// `@unchecked Sendable`: what is made late is made under a lock.
final class IPCDictionary: @unchecked Sendable {
  private struct Normal {
    let values: Column
    /// The code of each value as it came, -1 for a null; nil where codes stay what they are.
    let codes: Buffer?
  }

  private let parts: [Column]
  private let count: Int
  private let type: DataType
  private let normal = Monitor<Normal?>(nil)

  init(_ values: Column) {
    parts = [values]
    count = values.count
    type = values.type
  }

  private init(_ parts: [Column], _ count: Int, _ type: DataType) {
    self.parts = parts
    self.count = count
    self.type = type
  }

  /// These values and more behind them.
  func adding(_ values: Column) -> IPCDictionary {
    IPCDictionary(parts + [values], count + values.count, type)
  }

  private func normalized() -> Normal {
    normal.withLock { known in
      if let known { return known }
      let made = normalize(Column.concatenating(parts, type: type))
      known = made
      return made
    }
  }

  private func normalize(_ values: Column) -> Normal {
    let table = GroupTable(keyTypes: [type])
    let groups = table.assign([values])
    if table.groupCount == values.count, values.nullCount == 0 {
      return Normal(values: values, codes: nil)
    }
    var codeOfGroup = [Int32](repeating: -2, count: table.groupCount)
    var kept: [Int32] = []
    let memory = MutableBuffer(count: values.count * 4)
    let codes = memory.pointer(as: Int32.self)
    for row in 0..<values.count {
      let group = Int(groups.pointer[row])
      if codeOfGroup[group] == -2 {
        let isNull = values.isNull(row)
        codeOfGroup[group] = isNull ? -1 : Int32(kept.count)
        if !isNull { kept.append(Int32(row)) }
      }
      codes[row] = codeOfGroup[group]
    }
    let unique = values.taking(RowIndices(kept)).withValidity(nil)
    withExtendedLifetime(groups) {}
    return Normal(values: unique, codes: memory.freeze())
  }

  /// The column of those codes.
  func column(
    _ buffer: Buffer, _ codeType: PhysicalType, _ validity: Bitmap?, _ count: Int,
    _ origin: IPCOrigin
  ) throws -> Column {
    if type.kind == .null { return .nulls(count) }
    let codes = try checked(buffer, codeType, validity, count, origin)
    let normal = normalized()
    if normal.values.count == 0 { return .nulls(of: type, count: count) }
    guard let map = normal.codes else {
      return .dictionary(codes: codes, values: normal.values, validity: validity, count: count)
    }
    let memory = MutableBuffer(count: count * 4)
    let (target, source) = (memory.pointer(as: Int32.self), codes.pointer(as: Int32.self))
    let mapped = map.pointer(as: Int32.self)
    let bits = Bitmap(count: count) { k in
      var word: UInt64 = 0
      for row in (k &* 64)..<min(count, (k &+ 1) &* 64) {
        let code = mapped[Int(source[row])]
        target[row] = max(0, code)
        if code >= 0, validity?.isSet(row) ?? true { word |= 1 &<< UInt64(row & 63) }
      }
      return word
    }
    withExtendedLifetime((codes, map)) {}
    return .dictionary(
      codes: memory.freeze(), values: normal.values,
      validity: bits.setCount == count ? nil : bits, count: count)
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
