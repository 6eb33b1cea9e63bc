import ColumnarCore

/// One column, or a part of a nested one, while lines fill it.
///
/// Nodes lie next to one another in the memory of a `JSONTree` and know each other by position, so
/// that going from value to value counts no references.
struct JSONNode: ~Copyable {
  enum Form: UInt8 {
    /// Not asked for: its values are passed over.
    case skip
    /// Asked for once a filter has chosen the rows: the places of its values are noted.
    case later
    case null, bool, int8, int16, int32, int64, uint8, uint16, uint32, uint64, float32, float64
    case decimal, string, binary, date, timestamp, duration
    case list, fixedSizeList, structure
  }

  let form: Form
  let type: DataType
  let unit: TimeUnit
  /// Bytes per value; 0 where the children hold them.
  let width: Int
  /// The elements of a fixed-size list.
  let size: Int
  /// The nodes of a struct's fields, or of a list's elements.
  var children = 0..<0
  /// Finds a struct's fields by their keys.
  var keys = JSONKeys([])
  /// The children that are not passed over.
  var wanted = 0

  /// The rows so far.
  var count = 0
  /// Which of them are null.
  var nulls: [Int32] = []
  /// Values, views of texts, or where lists end (with a zero in front).
  var values: MutableBuffer
  /// The bytes of texts that are too long for a view.
  var block = MutableBuffer(capacity: 0)

  init(_ form: Form, _ type: DataType) {
    self.form = form
    self.type = type
    switch type.kind {
    case .timestamp(let unit, _), .duration(let unit): self.unit = unit
    default: unit = .microsecond
    }
    switch form {
    case .skip, .null, .structure, .fixedSizeList: width = 0
    case .bool: width = 1
    case .list, .later: width = 8
    default: width = type.physical.width ?? 0
    }
    if case .fixedSizeList(_, let size) = type.kind { self.size = size } else { size = 0 }
    values = Self.memory(form, width)
  }

  private static func memory(_ form: Form, _ width: Int) -> MutableBuffer {
    var memory = MutableBuffer(capacity: width << 10)
    if form == .list { memory.append(0 as Int64) }
    return memory
  }

  /// The form of a type that JSON has values for, else nil.
  static func form(_ type: DataType) -> Form? {
    switch type.kind {
    case .null: .null
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
    case .decimal128: .decimal
    case .string: .string
    case .binary: .binary
    case .date: .date
    case .timestamp: .timestamp
    case .duration: .duration
    case .list: .list
    case .fixedSizeList: .fixedSizeList
    case .structure: .structure
    default: nil
    }
  }

  /// Appends one fixed-width value.
  @inline(__always)
  mutating func append<T: BitwiseCopyable>(_ value: T) {
    values.append(value)
    count &+= 1
  }

  /// Appends a text, or bytes, by copying it.
  @inline(__always)
  mutating func append(text start: UnsafePointer<UInt8>, _ length: Int) {
    let start = UnsafeRawPointer(start)
    if length <= ByteView.inlineLimit {
      append(ByteView(inline: start, count: length))
    } else {
      let offset = block.count
      block.append(contentsOf: UnsafeRawBufferPointer(start: start, count: length))
      append(ByteView(bytes: start, count: length, block: 0, offset: offset))
    }
  }

  /// Room for a text of at most `length` bytes, to be filled and then appended.
  mutating func room(for length: Int) -> UnsafeMutablePointer<UInt8> {
    block.reserve(length)
    return (block.start + block.count).assumingMemoryBound(to: UInt8.self)
  }

  /// Appends the text of `length` bytes that was written to `room(for:)`.
  mutating func appendFilled(_ length: Int) {
    let start = UnsafeRawPointer(block.start + block.count)
    guard length > ByteView.inlineLimit else {
      return append(ByteView(inline: start, count: length))
    }
    append(ByteView(bytes: start, count: length, block: 0, offset: block.count))
    block.count &+= length
  }

  /// Where the values of the rows begin, 0 for null, and nothing left here.
  mutating func takePlaces() -> Buffer {
    count = 0
    nulls.removeAll(keepingCapacity: true)
    var memory = Self.memory(form, width)
    swap(&memory, &values)
    return memory.freeze()
  }

  /// The null bits; nil without nulls.
  private func validity() -> Bitmap? {
    guard !nulls.isEmpty else { return nil }
    let words = (count + 63) / 64
    let bits = MutableBuffer(count: words * 8)
    let target = bits.pointer(as: UInt64.self)
    for k in 0..<words { target[k] = ~0 }
    if count & 63 != 0 { target[words - 1] = (1 << UInt64(count & 63)) - 1 }
    for row in nulls { target[Int(row) >> 6] &= ~(1 << UInt64(row & 63)) }
    return Bitmap(buffer: bits.freeze(), count: count)
  }

  /// The rows as a column over the columns of the children, and nothing left here.
  mutating func takeColumn(_ children: [Column]) -> Column {
    let (rows, validity) = (count, validity())
    count = 0
    nulls.removeAll(keepingCapacity: true)
    var memory = Self.memory(form, width)
    swap(&memory, &values)
    switch form {
    case .null, .skip, .later: return .nulls(rows)
    case .bool:
      let bytes = memory.pointer(as: UInt8.self)
      let bits = Bitmap(count: rows) { k in
        var word: UInt64 = 0
        for bit in 0..<min(64, rows - k * 64) {
          word |= UInt64(bytes[k * 64 + bit]) << UInt64(bit)
        }
        return word
      }
      return Column(bits: bits, validity: validity)
    case .string, .binary:
      var texts = MutableBuffer(capacity: 0)
      swap(&texts, &block)
      return Column(
        type: type, views: memory.freeze(), blocks: texts.count > 0 ? [texts.freeze()] : [],
        validity: validity, count: rows)
    case .list:
      return Column(listOf: children[0], offsets: memory.freeze(), validity: validity, count: rows)
    case .fixedSizeList:
      return Column(
        fixedSizeListOf: children[0], size: size, validity: validity, count: rows)
    case .structure:
      return Column(
        fields: type.fields ?? [], children: children, validity: validity, count: rows)
    default:
      return Column(type: type, values: memory.freeze(), validity: validity, count: rows)
    }
  }
}
