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
    case .zip: return (keepingNeeded(mapped), try zipped(mapped))
    case .product:
      let total = try productCount(mapped)
      return (product(mapped, total, rows: 0..<total), total)
    }
  }

  /// As `aligned`, but of at most so many items, spread over all; also gives how many items there are
  /// altogether.
  package func sample(
    _ mapped: [(String, Column)], _ mode: Pipeline.Mode, most: Int
  ) throws -> (columns: [(String, Column)], total: Int, count: Int) {
    let total = mode == .zip ? try zipped(mapped) : try productCount(mapped)
    let count = min(total, most)
    let rows = (0..<count).lazy.map { $0 * total / count }
    switch mode {
    case .zip where count == total: return (keepingNeeded(mapped), total, count)
    case .zip:
      let indices = RowIndices(rows.map { Int32(truncatingIfNeeded: $0) })
      return (keepingNeeded(mapped).map { ($0.0, $0.1.taking(indices)) }, total, count)
    case .product: return (product(mapped, total, rows: rows), total, count)
    }
  }

  private func keepingNeeded(_ mapped: [(String, Column)]) -> [(String, Column)] {
    mapped.filter { isNeeded($0.0) }
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

  private func productCount(_ axes: [(String, Column)]) throws -> Int {
    // Whatever the others are.
    if axes.contains(where: { $0.1.count == 0 }) { return 0 }
    var total = 1
    for (_, column) in axes {
      let (product, overflow) = total.multipliedReportingOverflow(by: column.count)
      guard !overflow, product <= Int(Int32.max) else {
        let lengths = axes.map { "\($0.1.count)" }.joined(separator: " x ")
        throw error(.resourcesExhausted, "The product of \(lengths) items has too many rows.")
      }
      total = product
    }
    return total
  }

  /// Some rows of the product of columns, which has `total`, of those that are needed.
  private func product(
    _ axes: [(String, Column)], _ total: Int, rows: some Collection<Int>
  ) -> [(String, Column)] {
    var inner = total
    return axes.compactMap { name, column in
      guard total > 0 else { return isNeeded(name) ? (name, column.slice(0..<0)) : nil }
      inner /= column.count
      guard isNeeded(name) else { return nil }
      let step = inner
      let taken = rows.map { Int32(truncatingIfNeeded: $0 / step % column.count) }
      return (name, taken.isEmpty ? column.slice(0..<0) : column.taking(RowIndices(taken)))
    }
  }
}
