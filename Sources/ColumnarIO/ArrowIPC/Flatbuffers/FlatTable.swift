import ColumnarCore

/// One table of a flatbuffer: its fields by number.
struct FlatTable: Sendable {
  let bytes: FlatBytes
  let position: Int
  private let slots: Int
  private let slotsSize: Int
  private let size: Int

  init(_ bytes: FlatBytes, at position: Int) throws {
    self.bytes = bytes
    self.position = position
    slots = position - Int(try bytes.load(position, as: Int32.self))
    slotsSize = Int(try bytes.load(slots, as: UInt16.self))
    size = Int(try bytes.load(slots + 2, as: UInt16.self))
    guard slotsSize >= 4, slots + slotsSize <= bytes.buffer.count,
      position + size <= bytes.buffer.count
    else {
      throw bytes.corrupt("a table of its metadata is longer than the metadata", at: position)
    }
  }

  /// Where the field lies, nil if it is absent and so has its default.
  private func field(_ number: Int, size wanted: Int) throws -> Int? {
    let slot = 4 + number * 2
    guard slot + 2 <= slotsSize else { return nil }
    let offset = Int(try bytes.load(slots + slot, as: UInt16.self))
    guard offset != 0 else { return nil }
    guard offset + wanted <= size else {
      throw bytes.corrupt("a field of its metadata lies outside its table", at: position)
    }
    return position + offset
  }

  /// A number, or its default.
  func integer<T: FixedWidthInteger & BitwiseCopyable>(
    _ number: Int, default value: T
  ) throws -> T {
    guard let place = try field(number, size: MemoryLayout<T>.size) else { return value }
    return try bytes.load(place, as: T.self)
  }

  /// A truth value, false by default.
  func bool(_ number: Int) throws -> Bool { try integer(number, default: 0 as UInt8) != 0 }

  /// A table inside this one.
  func table(_ number: Int) throws -> FlatTable? {
    guard let place = try field(number, size: 4) else { return nil }
    return try FlatTable(bytes, at: try bytes.target(of: place))
  }

  /// A vector of elements of `stride` bytes; absent ones are empty.
  func vector(_ number: Int, stride: Int) throws -> FlatVector {
    guard let place = try field(number, size: 4) else {
      return FlatVector(bytes: bytes, start: 0, count: 0, stride: stride)
    }
    let start = try bytes.target(of: place)
    let count = Int(try bytes.load(start, as: UInt32.self))
    guard count <= (bytes.buffer.count - start - 4) / stride else {
      throw bytes.corrupt("a list in its metadata is longer than the metadata", at: start)
    }
    return FlatVector(bytes: bytes, start: start + 4, count: count, stride: stride)
  }

  /// Text; bytes that are not UTF-8 are an error.
  func string(_ number: Int, _ budget: inout FlatBudget) throws -> String? {
    let text = try vector(number, stride: 1)
    guard text.start > 0 else { return nil }
    try budget.spend(text.count, self)
    let content = UnsafeRawBufferPointer(
      start: bytes.buffer.start + text.start, count: text.count)
    guard UTF8Validation.firstInvalidByte(in: content) == nil else {
      throw bytes.corrupt("a name in its metadata is not valid UTF-8", at: text.start)
    }
    return withExtendedLifetime(bytes) { String(decoding: content, as: UTF8.self) }
  }
}

/// A vector of a flatbuffer, known to lie inside it.
struct FlatVector: Sendable {
  let bytes: FlatBytes
  let start: Int
  let count: Int
  let stride: Int

  /// The integer `byte` bytes into an element.
  func integer<T: FixedWidthInteger & BitwiseCopyable>(
    _ index: Int, byte: Int = 0, as type: T.Type = Int64.self
  ) throws -> T {
    guard index >= 0, index < count else {
      throw bytes.corrupt("its metadata lists fewer parts than its schema asks for", at: start)
    }
    return try bytes.load(start + index * stride + byte, as: type)
  }

  /// The table that an element points at.
  func table(_ index: Int) throws -> FlatTable {
    try FlatTable(bytes, at: try bytes.target(of: start + index * stride))
  }
}

/// What may be made of a flatbuffer: tables may be shared, so without a bound a few bytes could
/// stand for a tree of any size.
struct FlatBudget {
  private var left: Int

  init(_ bytes: FlatBytes) { left = bytes.buffer.count }

  mutating func spend(_ amount: Int, _ table: FlatTable) throws {
    left -= amount
    guard left >= 0 else {
      throw table.bytes.corrupt(
        "its metadata refers to the same parts again and again", at: table.position)
    }
  }
}
