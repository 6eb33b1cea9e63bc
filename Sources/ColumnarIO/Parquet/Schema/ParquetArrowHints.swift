import ColumnarCore

/// What the Arrow schema in a file's footer says beyond Parquet's own types: zones of times, that
/// milliseconds were seconds, that some integers are durations, and lists of fixed size.
///
/// It never changes how bytes are read; what does not fit the file's own schema, or cannot be read,
/// is left alone.
struct ParquetArrowHints {
  private let schema: Schema

  /// The hints of a footer; nil if there are none.
  init?(_ metadata: ParquetMetadata) {
    guard let text = metadata.arrowSchema, let bytes = Base64.decode(text) else { return nil }
    var messages = IPCMessages(Buffer(copying: bytes), IPCOrigin("ARROW:schema"))
    guard let message = try? messages.next(), let read = try? IPCSchema(message) else {
      return nil
    }
    schema = read.schema
  }

  /// A column with the types that the hints say, and what they say of its leaves.
  func applied(
    to node: ParquetNode, named name: String, _ leaves: inout [ParquetLeaf?]
  ) -> ParquetNode {
    guard let position = schema.firstIndex(of: name) else { return node }
    return Self.applied(schema[position].type, to: node, &leaves)
  }

  private static func applied(
    _ hint: DataType, to node: ParquetNode, _ leaves: inout [ParquetLeaf?]
  ) -> ParquetNode {
    switch node {
    case .leaf(let index, let type):
      guard let better = better(type, hint) else { return node }
      let isSeconds = type.kind.unit == .millisecond && better.kind.unit == .second
      let conversion: ParquetLeaf.Conversion? = isSeconds ? .seconds : nil
      leaves[index] = leaves[index]?.typed(as: better, conversion)
      return .leaf(index, better)
    case .list(let levels, let elementDefinition, _, let element):
      guard let inner = hint.element else { return node }
      var size: Int?
      if case .fixedSizeList(_, let count) = hint.kind { size = count }
      return .list(
        levels, elementDefinition: elementDefinition, size: size,
        applied(inner, to: element, &leaves))
    case .structure(let levels, let fields, let nodes):
      guard let hints = hint.fields, hints.map(\.name) == fields.map(\.name) else { return node }
      let made = nodes.indices.map { applied(hints[$0].type, to: nodes[$0], &leaves) }
      return .structure(levels, zip(fields, made).map { Field($0.name, $1.type) }, made)
    }
  }

  /// The type that a hint makes of one; nil if it says nothing new.
  private static func better(_ type: DataType, _ hint: DataType) -> DataType? {
    switch (type.kind, hint.kind) {
    case (.int64, .duration): return hint
    case (.timestamp(let unit, let zone), .timestamp(let other, let named)):
      // Seconds are written as milliseconds, and instants in any zone as those of UTC.
      let isSame = unit == other || (unit == .millisecond && other == .second)
      guard isSame, (zone == nil) == (named == nil) else { return nil }
      return type == hint ? nil : hint
    default: return nil
    }
  }
}

extension DataType.Kind {
  /// The unit of a time.
  fileprivate var unit: TimeUnit? {
    if case .timestamp(let unit, _) = self { unit } else { nil }
  }
}
