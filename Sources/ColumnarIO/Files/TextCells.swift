import ColumnarCore

/// Raw access to the values of one plain column, free of references, so that going from cell to
/// cell counts none.
///
/// Valid as long as the column and its list of blocks live.
struct TextCells {
  enum Form {
    case null, bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, float64
    case text, date
    case decimal(scale: Int)
    case timestamp(TimeUnit, isUTC: Bool)
    case duration(TimeUnit)
  }
  let form: Form
  private let values: UnsafeRawPointer
  private let valid: UnsafePointer<UInt8>?
  /// The bit of row 0, in the validity and in the bits of a boolean column.
  private let bit: Int
  private let valueBit: Int
  private let blocks: UnsafePointer<UnsafeRawPointer>

  init(_ column: Column, _ blocks: BlockList) {
    form = Self.form(column.type)
    let width = column.type.physical.width ?? 0
    values = column.storage.values.start + column.offset * width
    valueBit = column.offset
    let validity = column.type.kind == .null ? nil : column.validity
    valid = validity?.buffer.pointer(as: UInt8.self)
    bit = validity?.offset ?? 0
    self.blocks = blocks.starts
  }

  private static func form(_ type: DataType) -> Form {
    switch type.kind {
    case .bool: .bool
    case .int8: .int8
    case .int16: .int16
    case .int32: .int32
    case .int64: .int64
    case .uint8: .uint8
    case .uint16: .uint16
    case .uint32: .uint32
    case .uint64: .uint64
    case .float32: .float32
    case .float64: .float64
    case .string, .binary: .text
    case .date: .date
    case .decimal128(_, let scale): .decimal(scale: scale)
    case .timestamp(let unit, let zone): .timestamp(unit, isUTC: zone != nil)
    case .duration(let unit): .duration(unit)
    default: .null
    }
  }

  @inline(__always)
  func isValid(_ row: Int) -> Bool {
    if case .null = form { return false }
    guard let valid else { return true }
    let place = bit &+ row
    return valid[place &>> 3] &>> UInt8(truncatingIfNeeded: place & 7) & 1 != 0
  }

  @inline(__always)
  func text(_ row: Int) -> UnsafeRawBufferPointer {
    let place = values + row &* 16
    let view = place.load(as: ByteView.self)
    if view.isInline {
      return UnsafeRawBufferPointer(start: place + 4, count: view.count)
    }
    return UnsafeRawBufferPointer(start: blocks[view.block] + view.offset, count: view.count)
  }

  @inline(__always)
  private func load<T: BitwiseCopyable>(_ row: Int, as type: T.Type = T.self) -> T {
    values.load(fromByteOffset: row &* MemoryLayout<T>.stride, as: T.self)
  }

  /// The value of a row of float64.
  @inline(__always)
  func double(_ row: Int) -> Double { load(row) }

  /// The value of a row of float32.
  @inline(__always)
  func float(_ row: Int) -> Float { load(row) }

  @inline(__always)
  func append(_ row: Int, to text: inout MutableBuffer) {
    switch form {
    case .null, .text: break
    case .bool:
      let place = valueBit &+ row
      let byte = values.load(fromByteOffset: place &>> 3, as: UInt8.self)
      TextFormatting.append(byte &>> UInt8(truncatingIfNeeded: place & 7) & 1 != 0, to: &text)
    case .int8: TextFormatting.append(Int64(load(row, as: Int8.self)), to: &text)
    case .int16: TextFormatting.append(Int64(load(row, as: Int16.self)), to: &text)
    case .int32: TextFormatting.append(Int64(load(row, as: Int32.self)), to: &text)
    case .int64: TextFormatting.append(load(row, as: Int64.self), to: &text)
    case .uint8: TextFormatting.append(UInt64(load(row, as: UInt8.self)), to: &text)
    case .uint16: TextFormatting.append(UInt64(load(row, as: UInt16.self)), to: &text)
    case .uint32: TextFormatting.append(UInt64(load(row, as: UInt32.self)), to: &text)
    case .uint64: TextFormatting.append(load(row, as: UInt64.self), to: &text)
    case .float32: TextFormatting.append(load(row, as: Float.self), to: &text)
    case .float64: TextFormatting.append(load(row, as: Double.self), to: &text)
    case .decimal(let scale):
      TextFormatting.appendDecimal(load(row, as: Int128.self), scale: scale, to: &text)
    case .date: TextFormatting.appendDate(load(row, as: Int32.self), to: &text)
    case .timestamp(let unit, let isUTC):
      TextFormatting.appendTimestamp(
        load(row, as: Int64.self), unit: unit, isUTC: isUTC, to: &text)
    case .duration(let unit):
      TextFormatting.appendDuration(load(row, as: Int64.self), unit: unit, to: &text)
    }
  }
}

/// The addresses of a column's blocks in a place of their own.
final class BlockList {
  let starts: UnsafePointer<UnsafeRawPointer>

  init(_ blocks: [Buffer]) {
    let memory = UnsafeMutablePointer<UnsafeRawPointer>.allocate(capacity: blocks.count)
    for (k, block) in blocks.enumerated() { (memory + k).initialize(to: block.start) }
    starts = UnsafePointer(memory)
  }

  deinit { starts.deallocate() }
}
