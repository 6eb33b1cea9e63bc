import ColumnarCore

/// Where the rows of the batch that a thread is at stand among the items of the run.
///
/// It is known as long as every operator before gave a row for a row.
package struct ItemPlace: Sendable {
  private let first: Int

  @TaskLocal package static var current: ItemPlace?

  /// The item that a row of the batch is.
  package func number(of row: Int) -> Int { first + row }

  /// Runs `body` on a batch whose first row is the item `first`; nil: it is not known.
  package static func from<R>(_ first: Int?, _ body: () throws -> R) rethrows -> R {
    try $current.withValue(first.map(ItemPlace.init(first:)), operation: body)
  }

  /// Runs `body` on the rows from `offset` on of the batch.
  package static func shifted<R>(by offset: Int, _ body: () throws -> R) rethrows -> R {
    guard let current else { return try body() }
    return try from(current.first + offset, body)
  }
}
