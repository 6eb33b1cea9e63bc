import ColumnarCore

/// Values without nulls as they are stored: bits, words, or bytes of any length.
///
/// `@unchecked Sendable`: reads immutable memory that it keeps alive.
struct StoredValues: @unchecked Sendable {
  enum Form {
    case none
    case bits(Bitmap)
    /// Words of `width` bytes.
    case words(Buffer, width: Int)
    case bytes(BytesView)
  }

  let stored: ParquetStoredType
  let count: Int
  let form: Form

  /// The values of a column without nulls; a time in seconds that milliseconds have no room for is
  /// an error.
  init(_ column: Column, _ leaf: ParquetWriteLeaf) throws {
    let plain = column.decoded()
    stored = leaf.stored
    count = plain.count
    switch leaf.stored.physical {
    case .boolean: form = .bits(plain.bits)
    case .byteArray where leaf.stored.conversion == .decimal:
      form = .bytes(BytesView(Self.decimalBytes(plain)))
    case .byteArray: form = .bytes(BytesView(plain))
    default:
      guard leaf.stored.conversion != .null, let width = leaf.stored.width else {
        form = .none
        return
      }
      form = .words(try Self.words(plain, leaf), width: width)
    }
  }

  /// Words that are as they are stored.
  init(words: Buffer, count: Int, _ stored: ParquetStoredType) {
    self.stored = stored
    self.count = count
    form = .words(words, width: stored.width ?? 8)
  }

  private static func words(_ column: Column, _ leaf: ParquetWriteLeaf) throws -> Buffer {
    switch leaf.stored.conversion {
    case .seconds: return try milliseconds(column, leaf)
    case .decimal:
      return leaf.stored.width == 4
        ? try decimals(column, Int32.self, leaf) : try decimals(column, Int64.self, leaf)
    case .widen:
      switch column.type.physical {
      case .int8: return widened(column, Int8.self)
      case .int16: return widened(column, Int16.self)
      case .uint8: return widened(column, UInt8.self)
      default: return widened(column, UInt16.self)
      }
    case .none, .null:
      let width = leaf.stored.width ?? 0
      let first = column.offset * width
      // Columns made of no rows may have no memory.
      return column.count == 0
        ? .empty : column.storage.values.slice(first..<(first + column.count * width))
    }
  }

  private static func widened<T: FixedWidthInteger & Primitive>(_ column: Column, _: T.Type)
    -> Buffer
  {
    let view = PrimitiveView(column, as: T.self)
    let memory = MutableBuffer(count: column.count * 4)
    let target = memory.pointer(as: Int32.self)
    for row in 0..<column.count { target[row] = Int32(truncatingIfNeeded: view[row]) }
    return memory.freeze()
  }

  /// A value that has more digits than its type says is an error.
  private static func decimals<T: FixedWidthInteger & Primitive>(
    _ column: Column, _: T.Type, _ leaf: ParquetWriteLeaf
  ) throws -> Buffer {
    let view = PrimitiveView(column, as: Int128.self)
    let memory = MutableBuffer(count: column.count * MemoryLayout<T>.size)
    let target = memory.pointer(as: T.self)
    for row in 0..<column.count {
      guard let value = T(exactly: view[row]) else {
        throw ColumnarError(
          .overflow,
          "Column \"\(leaf.name)\" is \(leaf.type) and holds a value of more digits.")
      }
      target[row] = value
    }
    return memory.freeze()
  }

  /// Decimals as bytes from the highest down, no more than they need.
  private static func decimalBytes(_ column: Column) -> Column {
    let view = PrimitiveView(column, as: Int128.self)
    var builder = BytesBuilder(capacity: column.count)
    for row in 0..<column.count { view[row].withLeastBytes { builder.append($0) } }
    return builder.finish(as: .binary)
  }

  private static func milliseconds(_ column: Column, _ leaf: ParquetWriteLeaf) throws -> Buffer {
    let view = PrimitiveView(column, as: Int64.self)
    let memory = MutableBuffer(count: column.count * 8)
    let target = memory.pointer(as: Int64.self)
    for row in 0..<column.count {
      let (value, overflow) = view[row].multipliedReportingOverflow(by: 1000)
      guard !overflow else {
        throw ColumnarError(
          .overflow,
          "Column \"\(leaf.name)\" holds the time of \(view[row]) seconds, which Parquet's "
            + "milliseconds have no room for.")
      }
      target[row] = value
    }
    return memory.freeze()
  }
}

extension StoredValues {
  /// Appends the values of `range` in plain encoding.
  func appendPlain(_ range: Range<Int>, to bytes: inout MutableBuffer) {
    switch form {
    case .none: break
    case .bits(let bits): Self.append(bits.slice(range), to: &bytes)
    case .words(let words, let width):
      words.withBytes {
        bytes.append(
          contentsOf: UnsafeRawBufferPointer(
            rebasing: $0[(range.lowerBound * width)..<(range.upperBound * width)]))
      }
    case .bytes(let view): BytesEncoder.appendPlain(view, range, to: &bytes)
    }
  }

  private static func append(_ bits: Bitmap, to bytes: inout MutableBuffer) {
    let size = (bits.count + 7) / 8
    bytes.reserve(bits.wordCount * 8)
    for k in 0..<bits.wordCount {
      (bytes.start + bytes.count + k * 8).storeBytes(of: bits.word(k), as: UInt64.self)
    }
    bytes.count += size
  }

  /// Appends the values of `range` in an encoding that is not a dictionary's.
  func append(_ range: Range<Int>, as encoding: ParquetEncoding, to bytes: inout MutableBuffer) {
    switch (encoding, form) {
    case (.rle, .bits(let bits)):
      let start = bytes.count
      bytes.append(UInt32(0))
      HybridEncoder.append(bits.slice(range), to: &bytes)
      let size = UInt32(truncatingIfNeeded: bytes.count - start - 4)
      (bytes.start + start).storeBytes(of: size.littleEndian, as: UInt32.self)
    case (.deltaBinaryPacked, .words(let words, let width)):
      if width == 4 {
        DeltaEncoder.append(
          words.pointer(as: Int32.self) + range.lowerBound, range.count, to: &bytes)
      } else {
        DeltaEncoder.append(
          words.pointer(as: Int64.self) + range.lowerBound, range.count, to: &bytes)
      }
      withExtendedLifetime(words.owner) {}
    case (.byteStreamSplit, .words(let words, let width)):
      ByteStreamSplitEncoder.append(
        words.slice((range.lowerBound * width)..<(range.upperBound * width)), width: width,
        to: &bytes)
    case (.deltaLengthByteArray, .bytes(let view)):
      BytesEncoder.appendDeltaLength(view, range, to: &bytes)
    case (.deltaByteArray, .bytes(let view)):
      BytesEncoder.appendDelta(view, range, to: &bytes)
    default: appendPlain(range, to: &bytes)
    }
  }
}
