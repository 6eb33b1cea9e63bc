import Columnar
import ColumnarCore

extension Pipeline {
  /// How several inputs are mapped over at once.
  public enum Mode: Sendable {
    /// The first values together, then the second ones, and so on: the lengths must agree.
    case zip
    /// Every combination; the input bound last varies fastest.
    case product
  }
}

extension BindingResolver {
  /// The mapped columns at equal lengths, and the number of items.
  package func aligned(
    _ mapped: [(String, Column)], _ mode: Pipeline.Mode
  ) throws -> (columns: [(String, Column)], count: Int) {
    switch mode {
    case .zip: return (mapped, try zipped(mapped))
    case .product: return try product(mapped)
    }
  }

  private func zipped(_ mapped: [(String, Column)]) throws -> Int {
    let count = mapped.first?.1.count ?? 0
    guard mapped.allSatisfy({ $0.1.count == count }) else {
      let lengths = mapped.map { "\"\($0.0)\" has \($0.1.count)" }.joined(separator: ", ")
      throw error(
        .lengthMismatch,
        "Inputs that are mapped over together must be equally long: \(lengths). Make them so, or use "
          + "mode: .product.")
    }
    return count
  }

  private func product(
    _ axes: [(String, Column)]
  ) throws -> (columns: [(String, Column)], count: Int) {
    var total = 1
    for (_, column) in axes {
      let (product, overflow) = total.multipliedReportingOverflow(by: column.count)
      guard !overflow, product <= Int(Int32.max) else {
        let lengths = axes.map { "\($0.1.count)" }.joined(separator: " x ")
        throw error(.resourcesExhausted, "The product of \(lengths) items has too many rows.")
      }
      total = product
    }
    var inner = total
    let columns = axes.map { name, column -> (String, Column) in
      guard column.count > 0 else { return (name, column) }
      inner /= column.count
      let step = inner
      let rows = (0..<total).map { Int32(truncatingIfNeeded: $0 / max(1, step) % column.count) }
      return (name, total == 0 ? column.slice(0..<0) : column.taking(RowIndices(rows)))
    }
    return (columns, total)
  }
}
