import ColumnarCore

/// Walks the flat list of schema elements and makes a tree of columns.
struct ParquetSchemaBuilder {
  enum Found {
    case column(String, ParquetNode)
    case unsupported(String, ColumnarError)
  }

  /// Deeper types are refused, so that no file can use up the stack; levels fit a byte.
  private static let depthLimit = 64

  private let elements: [ParquetElement]
  private let origin: ParquetOrigin
  private let int96Unit: TimeUnit
  private var next = 0
  private(set) var leaves: [ParquetLeaf?] = []
  /// The names from the column at the top down to the field at hand.
  private var path: [String] = []

  init(_ elements: [ParquetElement], int96Unit: TimeUnit, _ origin: ParquetOrigin) {
    self.elements = elements
    self.int96Unit = int96Unit
    self.origin = origin
  }

  /// The columns at the top; leaves are numbered in the order of the file.
  mutating func columns() throws -> [Found] {
    let root = try takeElement()
    var found: [Found] = []
    let top = ParquetNode.Levels(definition: 0, slotDefinition: 0, repetition: 0)
    for _ in 0..<(root.childCount ?? 0) {
      let first = next
      let firstLeaf = leaves.count
      do {
        let (name, node) = try field(in: top)
        found.append(.column(name, node))
      } catch let error as ColumnarError where error.code == .unsupported {
        // Its leaves still count among the chunks of a row group.
        path = []
        leaves.removeSubrange(firstLeaf...)
        next = first
        try skip()
        found.append(.unsupported(elements[first].name, error))
      }
    }
    guard next == elements.count else {
      throw origin.corrupt("its schema has \(elements.count - next) fields that belong nowhere")
    }
    return found
  }

  /// Leaves out a field and all beneath it.
  private mutating func skip(depth: Int = 0) throws {
    let element = try takeElement()
    guard depth < 1000 else { throw origin.corrupt("its schema nests too deep") }
    if element.physical != nil {
      leaves.append(nil)
    } else {
      for _ in 0..<(element.childCount ?? 0) { try skip(depth: depth + 1) }
    }
  }

  private mutating func takeElement() throws -> ParquetElement {
    guard next < elements.count else { throw origin.corrupt("its schema is cut short") }
    let element = elements[next]
    guard element.childCount ?? 0 >= 0 else {
      throw origin.corrupt("its schema has a group of \(element.childCount ?? 0) fields")
    }
    next += 1
    return element
  }

  // MARK: Fields

  /// A field with the levels of its parent.
  private mutating func field(
    in parent: ParquetNode.Levels
  ) throws -> (String, ParquetNode) {
    let element = try takeElement()
    path.append(element.name)
    defer { path.removeLast() }
    guard path.count <= Self.depthLimit else {
      throw origin.unsupported(
        "nests column \"\(MessageText.shown(path[0]))\" deeper than \(Self.depthLimit) levels",
        hint: "Write it flatter.")
    }
    var levels = parent
    switch element.repetition {
    case .required: break
    case .optional: levels.definition += 1
    case .repeated:
      // A list without the groups around it: of its elements none is null.
      let list = parent
      levels = Self.element(of: parent)
      let node = try node(of: element, levels, annotated: false)
      return (
        element.name, .list(list, elementDefinition: levels.definition, size: nil, node)
      )
    }
    return (element.name, try node(of: element, levels, annotated: true))
  }

  /// The levels of a list's elements.
  private static func element(of list: ParquetNode.Levels) -> ParquetNode.Levels {
    let definition = list.definition + 1
    return .init(
      definition: definition, slotDefinition: definition, repetition: list.repetition + 1)
  }

  private mutating func node(
    of element: ParquetElement, _ levels: ParquetNode.Levels, annotated: Bool
  ) throws -> ParquetNode {
    guard element.physical == nil else { return try leaf(element, levels) }
    let count = element.childCount ?? 0
    if annotated {
      switch element.logical {
      case .list: return try list(element, levels)
      case .map, .mapKeyValue:
        if count == 1, next < elements.count {
          // A map without values is a list of its keys.
          return elements[next].childCount == 1
            ? try list(element, levels) : try map(element, levels)
        }
      default: break
      }
    }
    return try structure(count, levels)
  }

  private mutating func structure(
    _ count: Int, _ levels: ParquetNode.Levels
  ) throws -> ParquetNode {
    guard count > 0 else {
      throw origin.unsupported(
        "holds \"\(shown)\", a struct without fields", hint: "Have the column dropped.")
    }
    var (fields, nodes) = ([Field](), [ParquetNode]())
    for _ in 0..<count {
      let (name, node) = try field(in: levels)
      fields.append(Field(name, node.type))
      nodes.append(node)
    }
    return .structure(levels, fields, nodes)
  }

  // MARK: Lists and maps

  /// The repeated field of a list or map that was taken from the elements.
  private mutating func repeated(in element: ParquetElement) throws -> ParquetElement {
    guard element.childCount == 1 else {
      throw origin.corrupt("\"\(shown)\" is a list of \(element.childCount ?? 0) fields")
    }
    let inner = try takeElement()
    guard inner.repetition == .repeated else {
      throw origin.corrupt("\"\(shown)\" is a list whose field is not repeated")
    }
    path.append(inner.name)
    return inner
  }

  private mutating func list(
    _ element: ParquetElement, _ levels: ParquetNode.Levels
  ) throws -> ParquetNode {
    let inner = try repeated(in: element)
    defer { path.removeLast() }
    let inside = Self.element(of: levels)
    let node: ParquetNode
    if inner.physical == nil, inner.childCount == 1, next < elements.count,
      elements[next].repetition != .repeated, !Self.isElement(inner, of: element)
    {
      node = try field(in: inside).1
    } else {
      // Layouts from before there were rules: the repeated field is itself the element.
      node = try self.node(of: inner, inside, annotated: false)
    }
    return .list(levels, elementDefinition: inside.definition, size: nil, node)
  }

  /// Whether a repeated group of one field is the element rather than a wrapper, by its name.
  private static func isElement(_ inner: ParquetElement, of list: ParquetElement) -> Bool {
    inner.name == "array" || inner.name == "\(list.name)_tuple"
  }

  private mutating func map(
    _ element: ParquetElement, _ levels: ParquetNode.Levels
  ) throws -> ParquetNode {
    let inner = try repeated(in: element)
    defer { path.removeLast() }
    guard inner.physical == nil, inner.childCount == 2 else {
      throw origin.corrupt("\"\(shown)\" is a map without keys")
    }
    let inside = Self.element(of: levels)
    return .list(
      levels, elementDefinition: inside.definition, size: nil, try structure(2, inside))
  }

  // MARK: Leaves

  private mutating func leaf(
    _ element: ParquetElement, _ levels: ParquetNode.Levels
  ) throws -> ParquetNode {
    guard let physical = element.physical, element.childCount ?? 0 == 0 else {
      throw origin.corrupt("\"\(shown)\" is both a group and a value")
    }
    if physical == .fixedBytes {
      guard element.typeLength > 0 else {
        throw element.typeLength < 0
          ? origin.corrupt("\"\(shown)\" has values of \(element.typeLength) bytes")
          // Any number of such values takes no bytes, and would take sixteen each here.
          : origin.unsupported(
            "holds column \"\(shown)\" of values of no bytes", hint: "Have the column dropped.")
      }
      guard element.typeLength <= 1 << 24 else {
        throw origin.unsupported(
          "holds column \"\(shown)\" of values of \(element.typeLength) bytes each",
          hint: "At most \(1 << 24) are read.")
      }
    }
    let (type, conversion) = try type(of: element, physical)
    leaves.append(
      ParquetLeaf(
        path: path.joined(separator: "."), index: leaves.count, physical: physical,
        typeLength: element.typeLength, type: type, conversion: conversion,
        definition: levels.definition, slotDefinition: levels.slotDefinition,
        repetition: levels.repetition))
    return .leaf(leaves.count - 1, type)
  }

  private func type(
    of element: ParquetElement, _ physical: ParquetPhysical
  ) throws -> (DataType, ParquetLeaf.Conversion) {
    switch element.logical {
    case .decimal(let precision, let scale):
      return (try decimal(physical, precision, scale), .decimal)
    case .interval: throw unsupported("an interval")
    case .variant: throw unsupported("a variant")
    case .null: return (.null, .null)
    default: break
    }
    switch physical {
    case .boolean: return (.bool, .bits)
    case .float: return (.float32, .none)
    case .double: return (.float64, .none)
    case .int96: return (.timestamp(int96Unit), .int96(int96Unit))
    case .int32: return int32(element.logical)
    case .int64: return int64(element.logical)
    case .byteArray:
      switch element.logical {
      case .string, .json, .enumeration: return (.string, .none)
      default: return (.binary, .none)
      }
    case .fixedBytes:
      guard element.logical == .float16 else { return (.binary, .none) }
      guard element.typeLength == 2 else {
        throw origin.corrupt("\"\(shown)\" has 16-bit numbers of \(element.typeLength) bytes")
      }
      return (.float32, .half)
    }
  }

  private func decimal(
    _ physical: ParquetPhysical, _ precision: Int, _ scale: Int
  ) throws -> DataType {
    switch physical {
    case .int32, .int64, .byteArray, .fixedBytes: break
    default: throw origin.corrupt("\"\(shown)\" has decimals that are written as \(physical)")
    }
    guard precision > 0, scale <= precision else {
      throw origin.corrupt(
        "\"\(shown)\" has decimals of \(precision) digits, \(scale) of them behind the point")
    }
    guard precision <= DecimalMath.maxPrecision, scale >= 0 else {
      throw unsupported("a decimal of \(precision) digits, \(scale) of them behind the point")
    }
    return .decimal128(precision, scale: scale)
  }

  private func int32(_ logical: ParquetLogical) -> (DataType, ParquetLeaf.Conversion) {
    switch logical {
    case .date: (.date, .none)
    case .time(.milliseconds): (.duration(.millisecond), .widen)
    case .integer(8, let isSigned): (isSigned ? .int8 : .uint8, .narrow8)
    case .integer(16, let isSigned): (isSigned ? .int16 : .uint16, .narrow16)
    case .integer(32, false): (.uint32, .none)
    default: (.int32, .none)
    }
  }

  private func int64(_ logical: ParquetLogical) -> (DataType, ParquetLeaf.Conversion) {
    switch logical {
    case .timestamp(let unit, let isUTC):
      (.timestamp(unit.ours, zone: isUTC ? "UTC" : nil), .none)
    case .time(let unit): (.duration(unit.ours), .none)
    case .integer(64, false): (.uint64, .none)
    default: (.int64, .none)
    }
  }

  /// The field at hand, for messages.
  private var shown: String { MessageText.shown(path.joined(separator: "."), limit: 120) }

  /// A type that Parquet has and the engine has not.
  private func unsupported(_ what: String) -> ColumnarError {
    origin.unsupported(
      "holds column \"\(shown)\" that is \(what), which is not read",
      hint: "Have it cast or dropped where the file is written, or leave such columns out with "
        + "unsupportedColumns: .omit.")
  }
}

extension ParquetLogical.Unit {
  fileprivate var ours: TimeUnit {
    switch self {
    case .milliseconds: .millisecond
    case .microseconds: .microsecond
    case .nanoseconds: .nanosecond
    }
  }
}
