import CArrowShim
import ColumnarCore

/// Hands columns to another library where they lie; only what its layout asks for is made anew.
enum ArrowCArrayWriter {
  /// What an array that was handed out keeps alive until it is released.
  private final class Holder {
    let column: Column
    let buffers: [Buffer]

    init(_ column: Column, _ buffers: [Buffer]) {
      self.column = column
      self.buffers = buffers
    }
  }

  /// An array to be: its buffers and its parts.
  private struct Draft {
    var rows: Int
    var offset = 0
    var nullCount: Int
    /// Nil stands for a buffer that is left out.
    var buffers: [Buffer?]
    var children: [(IPCField, Column)] = []
    /// What the values are codes into.
    var dictionary: (IPCField, Column)?
  }

  /// Fills `target` with the rows of a batch; its consumer releases it.
  ///
  /// With 32-bit offsets, more than 2^31 bytes or elements in one column are an error of code
  /// `resourcesExhausted`: cut the batch. Nothing is left behind after an error.
  static func write(
    _ batch: Batch, _ schema: IPCSchema, to target: UnsafeMutablePointer<ArrowArray>
  ) throws {
    let draft = Draft(
      rows: batch.count, nullCount: 0, buffers: [nil],
      children: Array(zip(schema.fields, batch.columns)))
    try write(draft, .nulls(0), to: target)
  }

  private static func write(
    _ draft: Draft, _ column: Column, to target: UnsafeMutablePointer<ArrowArray>
  ) throws {
    var made = ArrowArray()
    made.length = Int64(draft.rows)
    made.null_count = Int64(draft.nullCount)
    made.offset = Int64(draft.offset)
    made.n_buffers = Int64(draft.buffers.count)
    made.buffers = .allocate(capacity: draft.buffers.count)
    for (k, buffer) in draft.buffers.enumerated() {
      made.buffers?[k] = buffer.map { $0.count == 0 ? UnsafeRawPointer(nothing) : $0.start }
    }
    made.n_children = 0
    made.children = .allocate(capacity: draft.children.count)
    made.private_data = Unmanaged.passRetained(
      Holder(column, draft.buffers.compactMap { $0 })
    ).toOpaque()
    made.release = { ArrowCArrayWriter.release($0) }
    do {
      for (field, child) in draft.children {
        let place = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
        place.initialize(to: ArrowArray())
        made.children?[Int(made.n_children)] = place
        made.n_children += 1
        try write(field, child, to: place)
      }
      if let (field, values) = draft.dictionary {
        let place = UnsafeMutablePointer<ArrowArray>.allocate(capacity: 1)
        place.initialize(to: ArrowArray())
        made.dictionary = place
        try write(field, values, to: place)
      }
    } catch {
      release(&made)
      throw error
    }
    target.initialize(to: made)
  }

  private static func write(
    _ field: IPCField, _ column: Column, to target: UnsafeMutablePointer<ArrowArray>
  ) throws {
    if field.codes != nil {
      // What has codes keeps them; other columns get a dictionary for this batch.
      let isCoded = column.encoding == .dictionary
      let coded = isCoded ? column : IPCDictionaryEncoder(field.dataType).encode(column).codes
      return try write(codes(field, coded), coded, to: target)
    }
    let plain = column.decoded()
    try write(try draft(field, plain), plain, to: target)
  }

  /// A dictionary-coded column, handed out as that.
  private static func codes(_ field: IPCField, _ column: Column) -> Draft {
    let storage = column.storage
    return Draft(
      rows: column.count, offset: column.offset, nullCount: storage.validity == nil ? 0 : -1,
      buffers: [storage.validity, storage.values],
      dictionary: (field.values, storage.children[0]))
  }

  private static func release(_ array: UnsafeMutablePointer<ArrowArray>?) {
    guard let array, array.pointee.release != nil else { return }
    for k in 0..<Int(array.pointee.n_children) {
      guard let child = array.pointee.children?[k] else { continue }
      // Whoever moved a part out has set its release to null.
      if let release = child.pointee.release { release(child) }
      child.deallocate()
    }
    array.pointee.children?.deallocate()
    array.pointee.buffers?.deallocate()
    if let dictionary = array.pointee.dictionary {
      if let release = dictionary.pointee.release { release(dictionary) }
      dictionary.deallocate()
    }
    if let holder = array.pointee.private_data {
      Unmanaged<Holder>.fromOpaque(holder).release()
    }
    array.pointee.release = nil
  }

  /// How a plain column is handed out: with its own offset over its own memory where it is laid out
  /// as the field says.
  private static func draft(_ field: IPCField, _ column: Column) throws -> Draft {
    let storage = column.storage
    let hasNulls = storage.validity != nil && column.validity != nil
    var draft = Draft(
      rows: column.count, offset: column.offset, nullCount: hasNulls ? -1 : 0,
      buffers: [hasNulls ? storage.validity : nil])
    switch field.type {
    case .null: return Draft(rows: column.count, nullCount: column.count, buffers: [])
    case .bool, .fixed: draft.buffers.append(storage.values)
    case .bytes(_, .view):
      let lengths = storage.blocks.map { Int64($0.count) }
      draft.buffers += [storage.values] + storage.blocks + [Buffer(copying: lengths)]
    case .bytes(_, let reference): return try text(column, reference, field)
    case .list(.offset32): return try shortList(column, field)
    case .list:
      draft.buffers.append(storage.values)
      draft.children = [(field.children[0], storage.children[0])]
    case .fixedSizeList: draft.children = [(field.children[0], storage.children[0])]
    case .structure: draft.children = Array(zip(field.children, storage.children))
    case .half, .date64, .time32, .decimal, .fixedBytes, .listView, .runs:
      throw ColumnarError(.internal, "Field \"\(field.name)\" cannot be handed out.")
    }
    return draft
  }

  /// Text with offsets, which is put together for it.
  private static func text(
    _ column: Column, _ reference: IPCType.Reference, _ field: IPCField
  ) throws -> Draft {
    let text = IPCText(column, asViews: false)
    let width = reference == .offset32 ? 4 : 8
    try check(text.totalBytes, width, field)
    return Draft(
      rows: column.count, nullCount: column.nullCount,
      buffers: [
        column.trueValidity?.compactBuffer,
        IPCPiece.textOffsets(text, width: width).materialized(),
        IPCPiece.text(text).materialized(),
      ])
  }

  /// Lists with 32-bit offsets, counted from the first element.
  private static func shortList(_ column: Column, _ field: IPCField) throws -> Draft {
    let lists = ListView(column)
    let first = column.count == 0 ? 0 : lists.range(0).lowerBound
    let last = column.count == 0 ? 0 : lists.range(column.count - 1).upperBound
    try check(last - first, 4, field)
    let start = column.offset * 8
    let offsets = column.storage.values.slice(start..<(start + (column.count + 1) * 8))
    return Draft(
      rows: column.count, nullCount: column.nullCount,
      buffers: [
        column.trueValidity?.compactBuffer, IPCPiece.offsets(offsets, width: 4).materialized(),
      ],
      children: [(field.children[0], lists.elements.slice(first..<last))])
  }

  private static func check(_ size: Int, _ width: Int, _ field: IPCField) throws {
    guard width == 4, size > Int(Int32.max) else { return }
    throw ColumnarError(
      .resourcesExhausted,
      "Column \"\(field.name)\" has \(size) bytes or elements in one batch, too many for 32-bit "
        + "offsets. Ask for the layout .views or .largeOffsets.")
  }
}

/// An address for empty buffers, as some libraries want one; nothing is ever read through it.
nonisolated(unsafe) private let nothing: UnsafeMutableRawPointer = {
  let bytes = UnsafeMutableRawPointer.allocate(byteCount: 64, alignment: 64)
  bytes.initializeMemory(as: UInt8.self, repeating: 0, count: 64)
  return bytes
}()
