import ColumnarCore

/// The values of a column as a table shows them.
package enum CellText {
  /// The cell of a row: numbers short, text as it is, `null` where there is none.
  package static func text(_ column: Column, _ row: Int) -> String {
    if column.isNull(row) { return "null" }
    let one = column.slice(row..<(row + 1)).decoded()
    switch one.type.kind {
    case .float64: return formatted(double: PrimitiveView<Double>(one)[0])
    case .float32: return formatted(float: PrimitiveView<Float>(one)[0])
    case .list, .fixedSizeList:
      let elements = ListView(one)[0]
      let shown = (0..<min(elements.count, 4)).map { text(elements, $0) }
      return "[" + shown.joined(separator: ", ") + (elements.count > 4 ? ", …]" : "]")
    case .structure(let fields):
      let parts = zip(fields, one.structChildren).map { "\($0.name): \(text($1, 0))" }
      return "{" + parts.joined(separator: ", ") + "}"
    default: return one.text(at: 0)
    }
  }

  /// How the cells of a type are aligned.
  package static func alignment(_ type: DataType) -> TableLayout.Alignment {
    if type.isFloatingPoint || type.isDecimal { return .decimal }
    return type.isInteger || type.isTemporal ? .right : .left
  }
}
