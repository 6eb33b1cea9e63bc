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
  /// The mapped columns that are needed at equal lengths, and the number of items.
  package func aligned(
    _ mapped: [(String, Column)], _ mode: Pipeline.Mode
  ) throws -> (columns: [(String, Column)], count: Int) {
    switch mode {
    case .zip: return (mapped.filter { isNeeded($0.0) }, try zipped(mapped))
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
    if axes.contains(where: { $0.1.count == 0 }) {
      return (axes.filter { isNeeded($0.0) }.map { ($0.0, $0.1.slice(0..<0)) }, 0)
    }
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
    let columns = axes.compactMap { name, column -> (String, Column)? in
      inner /= column.count
      guard isNeeded(name) else { return nil }
      let step = inner
      let rows = (0..<total).map { Int32(truncatingIfNeeded: $0 / step % column.count) }
      return (name, column.taking(RowIndices(rows)))
    }
    return (columns, total)
  }
}
