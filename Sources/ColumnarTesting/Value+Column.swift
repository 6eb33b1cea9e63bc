import ColumnarCore

extension Value {
  /// The values of a column, read one by one straight from its memory.
  ///
  /// Opaque columns have none that can be shown.
  public static func rows(of column: Column) -> [Value] {
    (0..<column.count).map { value(of: column.storage, column.offset + $0) }
  }

  /// The value at a row of the storage.
  private static func value(of storage: ColumnStorage, _ row: Int) -> Value {
    switch storage.encoding {
    case .constant:
      let child = storage.children[0]
      return value(of: child.storage, child.offset)
    case .dictionary:
      if isNull(storage, row) { return .null }
      let child = storage.children[0]
      let code = Int(load(storage, row, Int32.self))
      return value(of: child.storage, child.offset + code)
    case .plain:
      if isNull(storage, row) { return .null }
      return plainValue(of: storage, row)
    }
  }

  private static func plainValue(of storage: ColumnStorage, _ row: Int) -> Value {
    switch storage.type.physical {
    case .null, .opaque: return .null
    case .bool: return .bool(bit(storage.values, row))
    case .int8: return .int(Int64(load(storage, row, Int8.self)))
    case .int16: return .int(Int64(load(storage, row, Int16.self)))
    case .int32: return .int(Int64(load(storage, row, Int32.self)))
    case .int64: return .int(load(storage, row, Int64.self))
    case .uint8: return .uint(UInt64(load(storage, row, UInt8.self)))
    case .uint16: return .uint(UInt64(load(storage, row, UInt16.self)))
    case .uint32: return .uint(UInt64(load(storage, row, UInt32.self)))
    case .uint64: return .uint(load(storage, row, UInt64.self))
    case .float32: return .double(Double(load(storage, row, Float.self)))
    case .float64: return .double(load(storage, row, Double.self))
    case .int128:
      return .decimal(
        Decimal128(
          unscaled: load(storage, row, Int128.self), scale: storage.type.decimalDigits?.scale ?? 0))
    case .bytes: return .bytes(bytes(storage, row))
    case .list:
      let start = Int(load(storage, row, Int64.self))
      let end = Int(load(storage, row + 1, Int64.self))
      return .list(elements(storage, start..<end))
    case .fixedSizeList:
      guard case .fixedSizeList(_, let size) = storage.type.kind else { return .null }
      return .list(elements(storage, (row * size)..<(row * size + size)))
    case .structure:
      return .structure(storage.children.map { value(of: $0.storage, $0.offset + row) })
    }
  }

  private static func elements(_ storage: ColumnStorage, _ range: Range<Int>) -> [Value] {
    let child = storage.children[0]
    return range.map { value(of: child.storage, child.offset + $0) }
  }

  private static func bytes(_ storage: ColumnStorage, _ row: Int) -> [UInt8] {
    storage.values.withBytes { views in
      let length = Int(views.loadUnaligned(fromByteOffset: row * 16, as: UInt32.self))
      if length <= 12 { return Array(views[(row * 16 + 4)..<(row * 16 + 4 + length)]) }
      let block = Int(views.loadUnaligned(fromByteOffset: row * 16 + 8, as: UInt32.self))
      let offset = Int(views.loadUnaligned(fromByteOffset: row * 16 + 12, as: UInt32.self))
      return storage.blocks[block].withBytes { Array($0[offset..<(offset + length)]) }
    }
  }

  private static func isNull(_ storage: ColumnStorage, _ row: Int) -> Bool {
    if storage.type == .null { return true }
    guard let validity = storage.validity else { return false }
    return !bit(validity, row)
  }

  private static func bit(_ buffer: Buffer, _ index: Int) -> Bool {
    buffer.withBytes { $0[index / 8] & (1 << UInt8(index % 8)) != 0 }
  }

  private static func load<T: BitwiseCopyable>(
    _ storage: ColumnStorage, _ row: Int, _: T.Type
  ) -> T {
    storage.values.withBytes {
      $0.loadUnaligned(fromByteOffset: row * MemoryLayout<T>.size, as: T.self)
    }
  }
}
