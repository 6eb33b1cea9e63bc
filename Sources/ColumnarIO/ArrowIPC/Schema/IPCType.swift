import ColumnarCore

/// How the values of one field lie in Arrow data.
indirect enum IPCType: Hashable, Sendable {
  /// How text, binary values or lists say where they lie.
  enum Reference: Hashable, Sendable { case view, offset32, offset64 }

  case null, bool
  /// Values that lie as ours do.
  case fixed(DataType)
  /// 16-bit floating point, made 32-bit.
  case half
  /// Days in milliseconds.
  case date64
  /// Decimals of 32, 64 or 256 bits, made 128-bit.
  case decimal(DataType, bits: Int)
  /// A 32-bit time of day, made a duration.
  case time32(TimeUnit)
  /// Text or binary values.
  case bytes(DataType, Reference)
  case fixedBytes(Int)
  case list(Reference)
  case fixedSizeList(Int)
  case structure
  /// Lists that say where they start and how long they are, in any order.
  case listView(Reference)
  /// Run-end encoded: the rows at which runs end, and a value for each run.
  case runs

  /// The number of children, nil for any.
  var childCount: Int? {
    switch self {
    case .structure: nil
    case .list, .fixedSizeList, .listView: 1
    case .runs: 2
    default: 0
    }
  }
}

/// One column of Arrow data, or a part of one.
struct IPCField: Hashable, Sendable {
  /// How codes into a dictionary are written.
  struct Codes: Hashable, Sendable {
    let id: Int64
    let type: PhysicalType
  }

  let name: String
  let type: IPCType
  var children: [IPCField] = []
  /// Set where the rows are codes.
  var codes: Codes?
  /// Whether it is left out of the struct that it is a field of.
  var isSkipped = false

  /// Our type of the values.
  var dataType: DataType {
    switch type {
    case .null: .null
    case .bool: .bool
    case .fixed(let type), .bytes(let type, _), .decimal(let type, _): type
    case .half: .float32
    case .date64: .date
    case .time32(let unit): .duration(unit)
    case .fixedBytes: .binary
    case .list, .listView: .list(children[0].dataType)
    case .runs: children[1].dataType
    case .fixedSizeList(let count): .fixedSizeList(children[0].dataType, count: count)
    case .structure:
      .structure(children.filter { !$0.isSkipped }.map { Field($0.name, $0.dataType) })
    }
  }

  /// The field of a column of ours, as it is written.
  init(_ name: String, _ type: DataType, _ layout: ArrowLayout) throws {
    self.name = name
    let text: IPCType.Reference =
      switch layout {
      case .views: .view
      case .offsets: .offset32
      case .largeOffsets: .offset64
      }
    switch type.kind {
    case .null: self.type = .null
    case .bool: self.type = .bool
    case .string, .binary: self.type = .bytes(type, text)
    case .list(let element):
      self.type = .list(layout == .offsets ? .offset32 : .offset64)
      children = [try IPCField("item", element, layout)]
    case .fixedSizeList(let element, let count):
      guard count <= Int32.max else {
        throw ColumnarError(
          .unsupported, "\"\(name)\" is \(type); Arrow's lists hold at most \(Int32.max) elements.")
      }
      self.type = .fixedSizeList(count)
      children = [try IPCField("item", element, layout)]
    case .structure(let fields):
      self.type = .structure
      children = try fields.map { try IPCField($0.name, $0.type, layout) }
    case .opaque(let opaque):
      throw ColumnarError(
        .unsupported,
        "Column \"\(name)\" holds Swift values of type \(opaque.name), which live in this process "
          + "only and cannot be written as Arrow data. Drop the column, or turn the values into "
          + "columns of their parts first.")
    default: self.type = .fixed(type)
    }
  }

  init(name: String, type: IPCType, children: [IPCField] = [], codes: Codes? = nil) {
    self.name = name
    self.type = type
    self.children = children
    self.codes = codes
  }

  /// The same without the fields of structs that `type` lacks; dictionaries stay as they are.
  func narrowed(to type: DataType) -> IPCField {
    guard codes == nil else { return self }
    var narrow = self
    switch self.type {
    case .list, .listView, .fixedSizeList:
      if let element = type.element { narrow.children = children.map { $0.narrowed(to: element) } }
    case .structure:
      let wanted = Dictionary(
        (type.fields ?? []).map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
      narrow.children = children.map { child in
        var child = wanted[child.name].map(child.narrowed) ?? child
        child.isSkipped = wanted[child.name] == nil
        return child
      }
    default: break
    }
    return narrow
  }

  /// The values of a dictionary of this field.
  var values: IPCField { IPCField(name: name, type: type, children: children) }
}
