import ColumnarCore

/// Where the rows of the batch that a thread is at stand among the items of the run, for those who
/// listen.
///
/// It is known as long as every operator before gave a row for a row.
package struct ItemPlace: Sendable {
  private indirect enum Rows: Sendable {
    /// The rows are the items.
    case items
    /// The rows are some of those of another place.
    case chosen(RowIndices, of: ItemPlace)
    /// The rows are the elements of lists.
    case elements(any ElementPlaces)
    /// The rows are elements of the first row of another place, in the nested pipeline of that name.
    case ofOne(ItemPlace, String)
  }

  private let rows: Rows
  private let first: Int

  private init(_ rows: Rows, first: Int = 0) {
    self.rows = rows
    self.first = first
  }

  /// The items themselves, from the first on.
  package static let items = ItemPlace(.items)

  /// The elements of lists, from the first on.
  package static func elements(_ places: any ElementPlaces) -> ItemPlace {
    ItemPlace(.elements(places))
  }

  /// Elements of the item that a batch of one row is, from number `first` on.
  package static func elements(from first: Int, of item: ItemPlace, in name: String) -> ItemPlace {
    ItemPlace(.ofOne(item, name), first: first)
  }

  /// The place of the rows from `offset` on.
  package func shifted(by offset: Int) -> ItemPlace { ItemPlace(rows, first: first + offset) }

  /// Whether rows are items, and not elements of them.
  package var isOfItems: Bool { if case .items = rows { true } else { false } }

  /// The item or element that a row of the batch is; nil if it is not known.
  package func path(of row: Int) -> ItemPath? {
    let row = first + row
    switch rows {
    case .items: return ItemPath(row)
    case .chosen(let indices, let place):
      return row < indices.count ? place.path(of: indices.row(at: row)) : nil
    case .elements(let places):
      let (item, element) = places.place(of: row)
      return places.items?.path(of: item)?.element(element)
    case .ofOne(let place, _): return place.path(of: 0)?.element(row)
    }
  }

  /// An error whose rows are those of the batch with the item's number, and in nested pipelines the
  /// way to it, in their place.
  package func placed(_ error: ColumnarError) -> ColumnarError {
    guard let row = error.row, error.code != .cancelled else { return error }
    switch rows {
    case .items: return error.shiftingRow(by: first)
    case .chosen(let indices, let place):
      guard first + row < indices.count else { return error }
      return place.placed(error.shiftingRow(by: indices.row(at: first + row) - row))
    case .elements(let places):
      let (item, element) = places.place(of: first + row)
      let placed = error.inElement(element).at(.row(item)).at(.node(places.name))
      return places.items?.placed(placed) ?? placed
    case .ofOne(let place, let name):
      return place.placed(error.inElement(first + row).at(.row(0)).at(.node(name)))
    }
  }

  // MARK: The batch that a thread is at

  @TaskLocal package static var current: ItemPlace?

  /// Runs `body` on a batch that stands there; nil: it is not known where.
  package static func from<R>(_ place: ItemPlace?, _ body: () throws -> R) rethrows -> R {
    try $current.withValue(place, operation: body)
  }

  /// Runs `body` on the rows from `offset` on of the batch.
  package static func shifted<R>(by offset: Int, _ body: () throws -> R) rethrows -> R {
    guard let current else { return try body() }
    return try from(current.shifted(by: offset), body)
  }

  /// Runs `body` on the rows `indices` of the batch.
  package static func choosing<R>(
    _ indices: RowIndices, _ body: () throws -> R
  ) rethrows -> R {
    guard let current else { return try body() }
    return try from(ItemPlace(.chosen(indices, of: current)), body)
  }

  /// An error of the batch that the thread is at, placed among the items where that is known.
  package static func placed(_ error: ColumnarError) -> ColumnarError {
    current?.placed(error) ?? error
  }
}

/// Tells which elements of which lists the rows of a nested pipeline are.
package protocol ElementPlaces: AnyObject, Sendable {
  /// The path of the nested pipeline.
  var name: String { get }
  /// Which items the rows are that the lists belong to; nil if it is not known.
  var items: ItemPlace? { get }
  /// The row that an element belongs to, and its number in the list there.
  func place(of element: Int) -> (item: Int, element: Int)
}
