import CArrowShim
import ColumnarCore

/// An array of another library, moved here: it is released once, when nothing of it is used any
/// more.
///
/// `@unchecked Sendable`: written before it is shared, and the interface's consumers may read and
/// release an array on any thread.
final class ForeignArray: @unchecked Sendable {
  let pointer: UnsafeMutablePointer<ArrowArray>

  /// Room for an array that a producer fills.
  init() {
    pointer = .allocate(capacity: 1)
    pointer.initialize(to: ArrowArray())
  }

  /// Takes an array over: the struct at `source` counts as released from then on.
  convenience init(moving source: UnsafeMutablePointer<ArrowArray>) {
    self.init()
    pointer.pointee = source.pointee
    source.pointee.release = nil
  }

  deinit {
    if let release = pointer.pointee.release { release(pointer) }
    pointer.deallocate()
  }

  /// What buffers over the array's memory hold on to.
  var owner: BufferOwner { .foreign { [self] in withExtendedLifetime(self) {} } }

  /// The rows as a batch, over the array's own memory.
  func batch(
    _ decoder: IPCDecoder, isTable: Bool, columns: [Int]? = nil, _ origin: IPCOrigin
  ) throws -> Batch {
    let array = pointer.pointee
    let fields = decoder.schema.fields
    var parts = ForeignParts(owner, origin, decoder)
    guard isTable else {
      try parts.add(fields[0], pointer)
      return try batch(parts, Int(clamping: array.length), decoder, columns, origin)
    }
    guard array.n_children == fields.count, array.length >= 0, array.offset >= 0,
      array.length <= Int32.max, array.offset <= 1 << 48
    else {
      throw origin.corrupt(
        "a batch of \(array.length) rows has \(array.n_children) columns, not \(fields.count)")
    }
    try checkValidity(array, origin)
    let rows = Int(array.offset)..<Int(array.offset + array.length)
    for (k, field) in fields.enumerated() {
      try parts.add(field, array.children?[k], window: rows)
    }
    return try batch(parts, rows.count, decoder, columns, origin)
  }

  /// A row of a table is never null as a whole.
  private func checkValidity(_ array: ArrowArray, _ origin: IPCOrigin) throws {
    guard array.null_count != 0, array.n_buffers > 0, let bits = array.buffers?[0] else { return }
    let (offset, count) = (Int(array.offset), Int(array.length))
    let bytes = Buffer(owner: nil, start: bits, count: (offset + count + 7) / 8)
    guard Bitmap(buffer: bytes, offset: offset, count: count).setCount == count else {
      throw origin.unsupported(
        "has rows that are null as a whole", hint: "Have the struct made a column of a table.")
    }
  }

  private func batch(
    _ parts: ForeignParts, _ rows: Int, _ decoder: IPCDecoder, _ columns: [Int]?,
    _ origin: IPCOrigin
  ) throws -> Batch {
    var body = IPCBody(parts, rows: rows, origin)
    return try decoder.batch(&body, columns: columns) { parts.dictionaries[$0] }
  }
}
