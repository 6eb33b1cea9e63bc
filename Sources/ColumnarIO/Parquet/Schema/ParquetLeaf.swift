import ColumnarCore

/// A column that has values, and how they become ours.
struct ParquetLeaf: Sendable {
  /// What is to be done with values once they are decoded.
  enum Conversion: Sendable, Equatable {
    /// They lie as ours do.
    case none
    /// Bytes of 0 and 1 become bits.
    case bits
    case narrow8, narrow16
    /// Int32 becomes Int64.
    case widen
    /// Milliseconds become seconds, which is what they were written from.
    case seconds
    /// Nanoseconds of a day and a Julian day become instants of a unit since 1970.
    case int96(TimeUnit)
    /// 16-bit floating point becomes 32-bit.
    case half
    /// Integers or bytes become 128-bit integers; bytes while they are decoded.
    case decimal
    /// Nothing but nulls.
    case null
  }

  /// The names from the root down, for messages.
  let path: String
  /// Its place among the chunks of a row group.
  let index: Int
  let physical: ParquetPhysical
  /// The length of values of fixed length.
  let typeLength: Int
  let type: DataType
  let conversion: Conversion
  /// The definition level of a value.
  let definition: Int
  /// The definition level from which on there is a slot for a value or a null: that of the innermost
  /// list around it having an element.
  let slotDefinition: Int
  /// The number of lists around it.
  let repetition: Int

  /// Bytes of a decoded value: of text and binary values those of a view.
  var width: Int {
    switch physical {
    case .boolean: 1
    case .int32, .float: 4
    case .int64, .double: 8
    case .int96: 12
    case .byteArray: 16
    case .fixedBytes: isBytes ? 16 : typeLength
    }
  }

  /// Whether values become views over blocks.
  var isBytes: Bool {
    physical == .byteArray
      || (physical == .fixedBytes && (type.physical == .bytes || conversion == .decimal))
  }

  /// Whether values are decimals that are written as bytes; 128-bit integers once decoded.
  var isDecimalBytes: Bool { conversion == .decimal && isBytes }

  /// The same leaf read as values of another type that needs no conversion.
  func with(_ type: DataType) -> ParquetLeaf {
    ParquetLeaf(
      path: path, index: index, physical: physical, typeLength: typeLength, type: type,
      conversion: .none, definition: definition, slotDefinition: slotDefinition,
      repetition: repetition)
  }
}

extension ParquetLeaf {
  /// The same leaf as another type that lies alike, or is made of it by a conversion.
  func typed(as type: DataType, _ conversion: Conversion? = nil) -> ParquetLeaf {
    ParquetLeaf(
      path: path, index: index, physical: physical, typeLength: typeLength, type: type,
      conversion: conversion ?? self.conversion, definition: definition,
      slotDefinition: slotDefinition,
      repetition: repetition)
  }
}

/// A field of the schema with everything beneath it.
indirect enum ParquetNode: Sendable {
  /// How a field's rows are told from levels.
  struct Levels: Sendable {
    /// The definition level from which on it is not null.
    var definition: Int
    /// The definition level from which on there is a row for it, null or not.
    var slotDefinition: Int
    /// The number of lists around it.
    var repetition: Int
  }

  /// The position among the leaves.
  case leaf(Int, DataType)
  case structure(Levels, [Field], [ParquetNode])
  /// A list; its elements are there from definition level `elementDefinition` on. With a size each
  /// list that is not null has so many.
  case list(Levels, elementDefinition: Int, size: Int?, ParquetNode)

  var type: DataType {
    switch self {
    case .leaf(_, let type): type
    case .structure(_, let fields, _): .structure(fields)
    case .list(_, _, nil, let element): .list(element.type)
    case .list(_, _, let size?, let element): .fixedSizeList(element.type, count: size)
    }
  }

  /// The first leaf beneath.
  var firstLeaf: Int {
    switch self {
    case .leaf(let index, _): index
    case .structure(_, _, let children): children.first?.firstLeaf ?? 0
    case .list(_, _, _, let element): element.firstLeaf
    }
  }

  /// The leaves beneath.
  var leaves: [Int] {
    switch self {
    case .leaf(let index, _): [index]
    case .structure(_, _, let children): children.flatMap(\.leaves)
    case .list(_, _, _, let element): element.leaves
    }
  }

  /// The same without the fields of structs that `type` lacks.
  func narrowed(to type: DataType) -> ParquetNode {
    switch self {
    case .leaf: return self
    case .structure(let levels, let fields, let nodes):
      let wanted = Dictionary(
        (type.fields ?? []).map { ($0.name, $0.type) }, uniquingKeysWith: { first, _ in first })
      let kept = zip(fields, nodes).compactMap { field, node in
        wanted[field.name].map { (field.name, node.narrowed(to: $0)) }
      }
      if kept.isEmpty, let least = fields.leastPosition {
        // Whether there is a struct is told by any field.
        return .structure(levels, [fields[least]], [nodes[least]])
      }
      return .structure(levels, kept.map { Field($0.0, $0.1.type) }, kept.map(\.1))
    case .list(let levels, let elementDefinition, let size, let element):
      return .list(
        levels, elementDefinition: elementDefinition, size: size,
        type.element.map(element.narrowed) ?? element)
    }
  }
}
