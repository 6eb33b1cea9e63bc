import ColumnarCore

extension DataType {
  /// The type that the values of both types are values of, unrounded; nil if there is none, or they
  /// are of different kinds.
  ///
  /// Times of different units become those of the finer one, which has not room for all; structs have
  /// the fields of both.
  package static func lossless(_ a: DataType, _ b: DataType) -> DataType? {
    united(a, b) { a, b in
      switch (a.kind, b.kind) {
      case (.timestamp, .timestamp), (.duration, .duration): common(a, b)
      default: a.isNumeric && b.isNumeric ? losslessNumber(a, b) : nil
      }
    }
  }

  private static func losslessNumber(_ a: DataType, _ b: DataType) -> DataType? {
    guard let common = common(a, b) else { return nil }
    if common.isInteger { return common }
    if common.isDecimal { return [a, b].allSatisfy { $0.fitsDecimal(common) } ? common : nil }
    // The bytes of the widest integer that a fraction holds.
    let most = common == .float64 ? 4 : common == .float32 ? 2 : 0
    let fits = [a, b].allSatisfy { type in
      type.isFloatingPoint || (type.isInteger && type.physical.width ?? 8 <= most)
    }
    return fits ? common : nil
  }

  /// The names from a column down to a field that a file's type lacks where `self`, the table's, has
  /// one; nil if it lacks none.
  package func missingField(in own: DataType) -> [String]? {
    if let element, let ours = own.element { return element.missingField(in: ours) }
    guard let fields, let found = own.fields else { return nil }
    for field in fields {
      guard let type = found.first(where: { $0.name == field.name })?.type else {
        return [field.name]
      }
      if let rest = field.type.missingField(in: type) { return [field.name] + rest }
    }
    return nil
  }

  /// Whether a column of this type is read as one of the other without a loss, but for the fields of
  /// structs that the other lacks.
  package func isReadable(as table: DataType) -> Bool {
    if self == table || kind == .null { return true }
    switch (kind, table.kind) {
    case (.structure(let own), .structure(let fields)):
      return fields.allSatisfy { field in
        own.first { $0.name == field.name }.map { $0.type.isReadable(as: field.type) } ?? true
      }
    case (.fixedSizeList(let one, let size), .fixedSizeList(let two, let other)):
      return size == other && one.isReadable(as: two)
    case (.list(let one), .list(let two)), (.fixedSizeList(let one, _), .list(let two)):
      return one.isReadable(as: two)
    default: return Self.lossless(self, table) == table
    }
  }
}
