extension DataType {
  /// The type of both, put together part by part: lists by their elements, structs field by field,
  /// found by name, those of `a` first; nil where there is none.
  ///
  /// `flat` gives the type of two parts that differ and are not both lists or both structs, of which
  /// neither is null. Structs with two fields of one name are put together with their like only.
  package static func united(
    _ a: DataType, _ b: DataType, flat: (DataType, DataType) -> DataType?
  ) -> DataType? {
    if a == b { return a }
    switch (a.kind, b.kind) {
    case (.null, _): return b
    case (_, .null): return a
    case (.fixedSizeList(let one, let size), .fixedSizeList(let two, let other)):
      return united(one, two, flat: flat).map {
        size == other ? .fixedSizeList($0, count: size) : .list($0)
      }
    case (.list, .list), (.list, .fixedSizeList), (.fixedSizeList, .list):
      guard let one = a.element, let two = b.element else { return nil }
      return united(one, two, flat: flat).map { .list($0) }
    case (.structure(let one), .structure(let two)): return united(one, two, flat)
    default: return flat(a, b)
    }
  }

  private static func united(
    _ a: [Field], _ b: [Field], _ flat: (DataType, DataType) -> DataType?
  ) -> DataType? {
    guard [a, b].allSatisfy({ Set($0.map(\.name)).count == $0.count }) else { return nil }
    let others = Dictionary(uniqueKeysWithValues: b.map { ($0.name, $0.type) })
    var fields: [Field] = []
    for field in a {
      guard let other = others[field.name] else {
        fields.append(field)
        continue
      }
      guard let type = united(field.type, other, flat: flat) else { return nil }
      fields.append(Field(field.name, type))
    }
    let names = Set(a.map(\.name))
    return .structure(fields + b.filter { !names.contains($0.name) })
  }
}

extension [Field] {
  /// The position of the field that is read where no more is asked than whether there is a struct: a
  /// number or truth value if there is one.
  package var leastPosition: Int? {
    firstIndex { $0.type == .bool || $0.type.isNumeric || $0.type.isTemporal } ?? indices.first
  }
}
