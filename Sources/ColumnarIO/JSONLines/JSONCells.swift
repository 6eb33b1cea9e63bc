import ColumnarCore

/// Raw access to the values of one column and of those inside it, free of references, so that going
/// from cell to cell counts none.
///
/// Valid as long as the `JSONCellTree` that made it.
struct JSONCells {
  enum Form {
    /// What `TextCells` writes as it is.
    case plain
    /// What `TextCells` writes, in quotes.
    case quoted
    case text, binary, float32, float64, list, structure
  }

  let form: Form
  let cells: TextCells
  private let valid: UnsafePointer<UInt8>?
  private let bit: Int
  private let isAllNull: Bool
  /// The elements of a list, or the fields of a struct.
  fileprivate(set) var children: UnsafeMutableBufferPointer<JSONCells>
  /// The keys of a struct's fields as they are written, with quotes and a colon.
  fileprivate(set) var keys: UnsafeMutableBufferPointer<UnsafeRawBufferPointer>
  /// Where lists end; nil for those of a fixed size.
  private let ends: UnsafePointer<Int64>?
  private let size: Int
  private let offset: Int

  fileprivate init(_ column: Column, _ blocks: BlockList) {
    cells = TextCells(column, blocks)
    let validity = column.validity
    isAllNull = column.type.kind == .null
    valid = isAllNull ? nil : validity?.buffer.pointer(as: UInt8.self)
    bit = validity?.offset ?? 0
    children = UnsafeMutableBufferPointer(start: nil, count: 0)
    keys = UnsafeMutableBufferPointer(start: nil, count: 0)
    offset = column.offset
    var (ends, size): (UnsafePointer<Int64>?, Int) = (nil, 0)
    switch column.type.kind {
    case .string: form = .text
    case .binary: form = .binary
    case .float32: form = .float32
    case .float64: form = .float64
    case .date, .timestamp, .duration: form = .quoted
    case .list:
      form = .list
      ends = column.storage.values.pointer(as: Int64.self) + column.offset
    case .fixedSizeList(_, let count):
      form = .list
      size = count
    case .structure: form = .structure
    default: form = .plain
    }
    (self.ends, self.size) = (ends, size)
  }

  @inline(__always)
  func isValid(_ row: Int) -> Bool {
    guard let valid else { return !isAllNull }
    let place = bit &+ row
    return valid[place &>> 3] &>> UInt8(truncatingIfNeeded: place & 7) & 1 != 0
  }

  /// The elements of a list.
  func range(_ row: Int) -> Range<Int> {
    if let ends { return Int(ends[row])..<Int(ends[row + 1]) }
    let first = (offset + row) * size
    return first..<(first + size)
  }
}

/// The cells of some columns, and the memory that they point to.
final class JSONCellTree {
  /// One for each column.
  private(set) var cells: [JSONCells] = []
  private var columns: [Column] = []
  private var blocks: [BlockList] = []
  private var texts: [Buffer] = []

  init(_ columns: [Column]) { cells = columns.map { make($0) } }

  private func make(_ column: Column) -> JSONCells {
    let column = column.decoded()
    let list = BlockList(column.storage.blocks)
    columns.append(column)
    blocks.append(list)
    var cells = JSONCells(column, list)
    switch column.type.kind {
    case .list, .fixedSizeList: hold([make(column.storage.children[0])], in: &cells)
    case .structure(let fields):
      hold(column.structChildren.map { make($0) }, in: &cells)
      cells.keys = .allocate(capacity: fields.count)
      for (k, field) in fields.enumerated() {
        cells.keys.initializeElement(at: k, to: key(field.name))
      }
    default: break
    }
    return cells
  }

  private func hold(_ children: [JSONCells], in cells: inout JSONCells) {
    cells.children = .allocate(capacity: children.count)
    _ = cells.children.initialize(fromContentsOf: children)
  }

  private func key(_ name: String) -> UnsafeRawBufferPointer {
    let text = JSONFormatter.key(name)
    texts.append(text)
    return UnsafeRawBufferPointer(start: text.start, count: text.count)
  }

  deinit { for root in cells { Self.free(root) } }

  private static func free(_ cells: JSONCells) {
    for child in cells.children { free(child) }
    cells.children.deallocate()
    cells.keys.deallocate()
  }
}
