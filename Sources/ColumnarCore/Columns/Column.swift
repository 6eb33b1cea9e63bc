/// A typed sequence of values and nulls: a window on immutable, shared memory in Arrow's physical
/// layout.
///
/// A column is a small value; copying and slicing it copies no data.
public struct Column: Sendable {
  @usableFromInline package let storage: ColumnStorage
  /// The first row of the window within the storage.
  @usableFromInline package let offset: Int
  /// The number of rows.
  public let count: Int
  /// The nulls if they were counted, else -1.
  @usableFromInline let knownNullCount: Int

  /// A window of `count` rows from `offset` on.
  ///
  /// The caller vouches that the storage is that long.
  package init(storage: ColumnStorage, offset: Int = 0, count: Int, nullCount: Int = -1) {
    self.storage = storage
    self.offset = offset
    self.count = count
    self.knownNullCount = storage.validity == nil && storage.encoding == .plain ? 0 : nullCount
  }

  /// The logical type.
  public var type: DataType { storage.type }

  /// How the rows are written down.
  package var encoding: Encoding { storage.encoding }

  /// The rows of `range`, sharing the memory.
  ///
  /// Cost: constant.
  public func slice(_ range: Range<Int>) -> Column {
    precondition(range.lowerBound >= 0 && range.upperBound <= count, "slice beyond the column")
    if range.count == count { return self }
    return Column(
      storage: storage, offset: offset + range.lowerBound, count: range.count,
      nullCount: knownNullCount == 0 ? 0 : -1)
  }
}

extension Column {
  /// A bit per row, set where there is a value; nil when every row surely has one.
  ///
  /// For a null column all bits are clear; for a constant one all are alike. A dictionary's values
  /// are never null, so the codes' validity is all there is.
  package var validity: Bitmap? {
    if type.kind == .null { return Bitmap(repeating: false, count: count) }
    if encoding == .constant {
      return storage.children[0].isNull(0) ? Bitmap(repeating: false, count: count) : nil
    }
    guard let bits = storage.validity, knownNullCount != 0 else { return nil }
    return Bitmap(buffer: bits, offset: offset, count: count)
  }

  /// The number of nulls.
  ///
  /// Cost: a popcount per 64 rows unless it is known.
  public var nullCount: Int {
    if knownNullCount >= 0, type.kind != .null { return knownNullCount }
    if type.kind == .null { return count }
    if encoding == .constant { return storage.children[0].isNull(0) ? count : 0 }
    guard let validity else { return 0 }
    return count - validity.setCount
  }

  /// The validity, but nil also where no row of this window is null after all.
  package var trueValidity: Bitmap? {
    guard let validity else { return nil }
    return validity.setCount == count ? nil : validity
  }

  /// Whether the row holds no value.
  ///
  /// For many rows, take `validity` once instead.
  public func isNull(_ row: Int) -> Bool {
    precondition(row >= 0 && row < count, "row \(row) of a column of \(count)")
    if type.kind == .null { return true }
    if encoding == .constant { return storage.children[0].isNull(0) }
    guard let bits = storage.validity else { return false }
    return !Bitmap(buffer: bits, offset: offset, count: count).isSet(row)
  }

  /// The same rows with other validity; the bits must be as many as the rows.
  package func withValidity(_ validity: Bitmap?) -> Column {
    if validity == nil, storage.validity == nil, encoding == .plain { return self }
    let column = encoding == .constant ? decoded() : self
    guard let validity else {
      return column.rebuilt(validity: nil, nullCount: 0)
    }
    precondition(validity.count == count)
    // Bits are stored by storage row, so a window that starts later needs them moved to its offset.
    let moved = Bitmap(count: column.offset + count) { k in
      column.offset == 0 ? validity.word(k) : validity.shiftedWord(k, by: column.offset)
    }
    return column.rebuilt(validity: moved.buffer, nullCount: -1)
  }

  private func rebuilt(validity: Buffer?, nullCount: Int) -> Column {
    Column(
      storage: ColumnStorage(
        type: type, encoding: encoding, validity: validity, values: storage.values,
        blocks: storage.blocks, children: storage.children, objects: storage.objects),
      offset: offset, count: count, nullCount: nullCount)
  }

  /// The same memory under another type of the same physical layout, as int32 and date are.
  package func reinterpreted(as type: DataType) -> Column {
    precondition(type.physical == self.type.physical, "\(self.type) is not laid out as \(type)")
    let children =
      encoding == .plain
      ? storage.children : storage.children.map { $0.reinterpreted(as: type) }
    return Column(
      storage: ColumnStorage(
        type: type, encoding: encoding, validity: storage.validity, values: storage.values,
        blocks: storage.blocks, children: children, objects: storage.objects),
      offset: offset, count: count, nullCount: knownNullCount)
  }
}

extension Bitmap {
  /// Word `k` of the bits moved up by `amount`, zeros below.
  fileprivate func shiftedWord(_ k: Int, by amount: Int) -> UInt64 {
    let start = k * 64 - amount
    if start <= -64 || start >= count { return 0 }
    if start < 0 { return count == 0 ? 0 : word(0) &<< UInt64(-start) }
    let (first, shift) = (start &>> 6, UInt64(start & 63))
    if shift == 0 { return word(first) }
    let low = word(first) &>> shift
    return first + 1 < wordCount ? low | word(first + 1) &<< (64 &- shift) : low
  }
}
