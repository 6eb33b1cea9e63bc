import CColumnarSystem
import ColumnarCore

/// Makes columns of text or binary values of Arrow's layouts; the bytes stay where they are.
struct IPCTextReader {
  let type: DataType
  let origin: IPCOrigin
  /// Whether text is known to be UTF-8, because a program of ours wrote it.
  let trustsText: Bool

  private var checksText: Bool { type == .string && !trustsText }

  /// A column of views over blocks of the message.
  ///
  /// What stands under a null may be anything in Arrow; here it is made an empty value, because
  /// kernels look at it.
  func views(_ views: Buffer, _ blocks: [Buffer], _ validity: Bitmap?, count: Int) throws -> Column
  {
    let source = views.pointer(as: ByteView.self)
    let checksText = checksText
    var places = blocks.map { CheckedBlock($0, checksText: checksText) }
    var needsCopy = false
    var row = -1
    while true {
      row &+= 1
      // Most values are short and plain as a rule, or all are long.
      if validity == nil, row == 0 || source[row &- 1].isInline {
        row = columnar_plain_short_views(views.pointer(), row, count, checksText)
      }
      guard row < count else { break }
      let view = source[row]
      if view.low == 0, view.high == 0 { continue }
      if let validity, !validity.isSet(row) {
        needsCopy = true
      } else if view.isInline {
        if !Self.isPadded(view) { needsCopy = true }
        if checksText, !Self.isASCII(view), !isText(source + row, view.count) {
          throw notText(row)
        }
      } else {
        try check(view, row, &places)
      }
    }
    let clean = needsCopy ? cleaned(source, validity, count) : views
    withExtendedLifetime((views, blocks)) {}
    return Column(type: type, views: clean, blocks: blocks, validity: validity, count: count)
  }

  @inline(__always)
  private func check(
    _ view: ByteView, _ row: Int, _ places: inout [CheckedBlock]
  ) throws {
    let (block, offset, length) = (view.block, view.offset, view.count)
    guard block < places.count, offset &+ length <= places[block].count else {
      throw origin.corrupt("row \(row) of a column points outside its blocks")
    }
    let prefix = (places[block].start + offset).loadUnaligned(as: UInt32.self)
    guard prefix == UInt32(truncatingIfNeeded: view.low &>> 32) else {
      throw origin.corrupt("row \(row) of a column begins otherwise than it says")
    }
    guard places[block].isSound(offset, length) else { throw notText(row) }
  }

  /// Whether the bytes behind a short value are zero, as ours are so that words can be compared.
  @inline(__always)
  private static func isPadded(_ view: ByteView) -> Bool {
    view.low == padded(view).low && view.high == padded(view).high
  }

  @inline(__always)
  private static func padded(_ view: ByteView) -> ByteView {
    let count = UInt64(truncatingIfNeeded: view.count)
    if count >= 4 {
      let mask: UInt64 = count == 12 ? ~0 : (1 &<< ((count &- 4) &* 8)) &- 1
      return ByteView(low: view.low, high: view.high & mask)
    }
    return ByteView(low: view.low & ((1 &<< (32 &+ count &* 8)) &- 1), high: 0)
  }

  @inline(__always)
  private static func isASCII(_ view: ByteView) -> Bool {
    (view.low &>> 32 | view.high) & 0x8080_8080_8080_8080 == 0
  }

  private func isText(_ view: UnsafePointer<ByteView>, _ count: Int) -> Bool {
    UTF8Validation.firstInvalidByte(
      in: UnsafeRawBufferPointer(start: UnsafeRawPointer(view) + 4, count: count)) == nil
  }

  private func cleaned(
    _ source: UnsafePointer<ByteView>, _ validity: Bitmap?, _ count: Int
  ) -> Buffer {
    let memory = MutableBuffer(count: count * 16)
    let target = memory.pointer(as: ByteView.self)
    for row in 0..<count {
      let view = source[row]
      target[row] =
        validity?.isSet(row) == false
        ? ByteView(low: 0, high: 0) : view.isInline ? Self.padded(view) : view
    }
    return memory.freeze()
  }

  private func notText(_ row: Int) -> ColumnarError {
    origin.corrupt("row \(row) of a column of text is not valid UTF-8")
  }

  /// Makes views of values that lie one after the other, row k from `offsets[k]` to `offsets[k + 1]`.
  func offsets<T: FixedWidthInteger & BitwiseCopyable>(
    _ offsets: Buffer, as _: T.Type, _ data: Buffer, _ validity: Bitmap?, count: Int
  ) throws -> Column {
    let source = offsets.pointer(as: T.self)
    let check = checksText ? TextCheck(data) : nil
    if check?.isWhole ?? true,
      let column = quickly(
        offsets, as: T.self, data, validity, count: count, cutsText: check?.isASCII == false)
    {
      return column
    }
    let memory = MutableBuffer(count: count * 16)
    let target = memory.pointer(as: ByteView.self)
    var blocks = IPCBlocks(data)
    var end = Int(source[0])
    guard end >= 0 else { throw origin.corrupt("a column's first value starts at \(end)") }
    for row in 0..<count {
      let start = end
      end = Int(source[row &+ 1])
      guard end >= start, end <= data.count else {
        throw origin.corrupt("row \(row) of a column reaches from byte \(start) to \(end)")
      }
      if let validity, !validity.isSet(row) {
        target[row] = ByteView(low: 0, high: 0)
        continue
      }
      if let check, !check.isText(start, end &- start) { throw notText(row) }
      target[row] = try blocks.view(start, end &- start, origin)
    }
    withExtendedLifetime(offsets) {}
    return Column(
      type: type, views: memory.freeze(), blocks: blocks.blocks, validity: validity, count: count)
  }

  /// As `offsets`, of bytes that are whole text if they have to be; nil where a value is not as it
  /// should be, or the bytes are too many for one block; `cutsText` where a value could begin or end
  /// within a character.
  private func quickly<T: FixedWidthInteger & BitwiseCopyable>(
    _ offsets: Buffer, as _: T.Type, _ data: Buffer, _ validity: Bitmap?, count: Int,
    cutsText: Bool
  ) -> Column? {
    guard data.count <= Int32.max else { return nil }
    let memory = MutableBuffer(count: count * 16)
    var largest: UInt32 = 0
    let areSound =
      T.bitWidth == 32
      ? columnar_offset_views32(
        offsets.pointer(), data.pointer(), data.count, count, cutsText, memory.pointer(),
        &largest)
      : columnar_offset_views64(
        offsets.pointer(), data.pointer(), data.count, count, cutsText, memory.pointer(),
        &largest)
    guard areSound else { return nil }
    if let validity {
      let target = memory.pointer(as: ByteView.self)
      for row in 0..<count where !validity.isSet(row) { target[row] = ByteView(low: 0, high: 0) }
    }
    withExtendedLifetime((offsets, data)) {}
    return Column(
      type: type, views: memory.freeze(), blocks: largest > ByteView.inlineLimit ? [data] : [],
      validity: validity, count: count)
  }

  /// Makes views of values that are all `width` bytes long.
  func fixed(width: Int, _ data: Buffer, _ validity: Bitmap?, count: Int) throws -> Column {
    let memory = MutableBuffer(count: count * 16)
    let target = memory.pointer(as: ByteView.self)
    var blocks = IPCBlocks(data)
    for row in 0..<count {
      target[row] =
        validity?.isSet(row) ?? true
        ? try blocks.view(row * width, width, origin) : ByteView(low: 0, high: 0)
    }
    return Column(
      type: type, views: memory.freeze(), blocks: blocks.blocks, validity: validity, count: count)
  }
}

/// Cuts one run of bytes into blocks that 32-bit offsets reach into.
private struct IPCBlocks {
  private let data: Buffer
  private var start = 0
  private(set) var blocks: [Buffer] = []

  init(_ data: Buffer) { self.data = data }

  /// The view of bytes of the run; those of later calls stand further back.
  @inline(__always)
  mutating func view(_ offset: Int, _ count: Int, _ origin: IPCOrigin) throws -> ByteView {
    let bytes = data.start + offset
    if count <= ByteView.inlineLimit { return ByteView(inline: bytes, count: count) }
    if blocks.isEmpty || offset &+ count &- start > Int(Int32.max) {
      guard count <= Int32.max else {
        throw origin.unsupported(
          "holds a value of \(count) bytes", hint: "At most \(Int32.max) bytes fit a value.")
      }
      start = offset
      blocks.append(data.slice(offset..<data.count))
    }
    return ByteView(bytes: bytes, count: count, block: blocks.count &- 1, offset: offset &- start)
  }
}
