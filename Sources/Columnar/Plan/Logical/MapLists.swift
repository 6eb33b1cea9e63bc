import ColumnarCore

/// A plan over the elements of lists, written down before names are resolved.
package struct ListMapping: Sendable {
  /// What errors and `explain` call it.
  package let name: String
  /// What is mapped over: the first are the lists, the others are repeated for each element.
  package let lists: [Source]
  package let repeated: [Source]
  /// Whether all combinations of the lists' elements are made, the first list's slowest; else they
  /// stand side by side.
  package let isProduct: Bool
  /// The plan that computes the results, over a table of the sources' columns.
  package let inner: @Sendable (FramePlan) -> FramePlan
  package let outputs: [Output]

  /// A column of the outer plan, and what it is called in the inner one.
  package struct Source: Sendable {
    package let expr: Expr
    package let name: String
    /// What errors call it.
    package let label: String
    /// Takes objects that are lists apart, where no column type stands for the list.
    package let unpack: ListUnpacking?

    package init(
      _ expr: Expr, _ name: String, label: String? = nil, unpack: ListUnpacking? = nil
    ) {
      self.expr = expr
      self.name = name
      self.label = label ?? name
      self.unpack = unpack
    }
  }

  /// A column of the inner plan, and what the lists of its values are called in the outer one.
  package struct Output: Sendable {
    package let name: String
    package let column: String
    /// Makes objects of elements, where no column type stands for the list.
    package let pack: ListPacking?

    package init(_ name: String, as column: String, pack: ListPacking? = nil) {
      self.name = name
      self.column = column
      self.pack = pack
    }
  }

  package init(
    name: String, lists: [Source], repeated: [Source], isProduct: Bool, outputs: [Output],
    inner: @escaping @Sendable (FramePlan) -> FramePlan
  ) {
    self.name = name
    self.lists = lists
    self.repeated = repeated
    self.isProduct = isProduct
    self.outputs = outputs
    self.inner = inner
  }
}

/// How a list that is an object is taken apart: into objects of that type.
package struct ListUnpacking: Sendable {
  package let element: DataType
  /// Nil if the object is no such list; nil elements are nulls.
  package let elements: @Sendable (any Sendable) -> [(any Sendable)?]?

  package init(
    element: DataType, _ elements: @escaping @Sendable (any Sendable) -> [(any Sendable)?]?
  ) {
    self.element = element
    self.elements = elements
  }
}

/// How elements are put together to a list that is an object of that type.
package struct ListPacking: Sendable {
  package let type: DataType
  /// Nil if an element is null and the list's type has no room for that.
  package let list: @Sendable ([(any Sendable)?]) -> (any Sendable)?

  package init(
    _ type: DataType, _ list: @escaping @Sendable ([(any Sendable)?]) -> (any Sendable)?
  ) {
    self.type = type
    self.list = list
  }
}

extension LogicalPlan {
  /// A plan over the elements of list columns; its results become lists with the same offsets.
  package struct MapLists: Sendable {
    package var input: LogicalPlan
    package let name: String
    /// What the inner plan reads.
    package let table: ElementTable
    /// Computes a row for each element.
    package var inner: LogicalPlan
    package var outputs: [Output]

    /// A column of the inner plan as a column of lists.
    package struct Output: Sendable {
      package let inner: ColumnID
      package let column: BoundColumn
      package let pack: ListPacking?
    }
  }
}

/// The elements of list columns as a table, which the plan they belong to fills while it runs.
///
/// `===` is its identity.
package final class ElementTable: TableSource {
  package let name: String
  package let schema: Schema
  package let isProduct: Bool
  /// For each column that of the outer plan which it comes from; the first are the lists.
  package let sources: [ColumnID]
  package let unpackings: [ListUnpacking?]
  /// What errors call the lists.
  package let labels: [String]

  package init(
    name: String, schema: Schema, sources: [ColumnID], unpackings: [ListUnpacking?],
    labels: [String], isProduct: Bool
  ) {
    self.labels = labels
    self.name = name
    self.schema = schema
    self.sources = sources
    self.unpackings = unpackings
    self.isProduct = isProduct
  }

  package var listCount: Int { unpackings.count }

  /// The outer columns that are taken apart.
  package var lists: [ColumnID] { Array(sources.prefix(listCount)) }

  /// None are known before the plan runs; nothing may be concluded from that.
  package var rowCount: Int? { nil }

  package func morsels(_ request: ScanRequest) throws -> [Morsel] {
    throw ColumnarError(.internal, "the elements of \(name) were read before they were there.")
  }
}

extension LogicalPlan.MapLists {
  /// The positions of the table's columns that the inner plan reads.
  package var usedPositions: [Int] { Set(inner.positions(of: table)).sorted() }

  /// The outer columns that are needed besides those that pass on.
  package var neededIDs: Set<ColumnID> {
    Set(table.lists + usedPositions.map { table.sources[$0] })
  }

  /// The lists, as `explain` prints them.
  package func text(_ name: (ColumnID) -> String) -> String {
    let lists = table.lists.map(name).joined(separator: table.isProduct ? " x " : ", ")
    let outputs = outputs.map(\.column.name).joined(separator: ", ")
    return "[\(outputs)] = \(self.name) over [\(lists)]"
  }
}

extension LogicalPlan {
  /// The positions of the columns that scans of that table read.
  fileprivate func positions(of table: ElementTable) -> [Int] {
    if case .scan(let scan) = self, let source = scan.source as? ElementTable, source === table {
      return scan.positions
    }
    return children.flatMap { $0.positions(of: table) }
  }

  /// Whether it may be computed for fewer rows, or elsewhere, without anybody noticing.
  package var isMovable: Bool {
    var result = true
    _ = mapExpressions { expr in
      result = result && expr.isPure
      return expr
    }
    if case .call(let call) = self { result = result && call.function.isMovable }
    return result && isOptional && children.allSatisfy(\.isMovable)
  }
}
