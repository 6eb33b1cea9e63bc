extension Column {
  /// The same values as those of a type that structs' fields have a place in: fields are found by
  /// name, at any depth; those that `target` lacks are left out, and those that are lacking are null.
  ///
  /// Other types are cast, and a value that does not fit is an `.invalidValue` error that names the
  /// row. Cost: none for parts whose types are the same; lists are gathered.
  package func conformed(to target: DataType) throws -> Column {
    if type == target { return self }
    if type.kind == .null || isConstantNull { return .nulls(of: target, count: count) }
    if encoding == .constant {
      return .constant(try encodedValues.conformed(to: target), count: count)
    }
    switch (type.kind, target.kind) {
    case (.structure(let own), .structure(let fields)):
      let places = fields.map { field in own.firstIndex { $0.name == field.name } }
      return try decoded().mappingFields(from: places, to: fields) { try $0.conformed(to: $1) }
    case (.list, _), (.fixedSizeList, _):
      return try decoded().mappingElements(to: target, strict: true) { try $0.conformed(to: $1) }
    default: return try cast(to: target, strict: true)
    }
  }
}
