import ColumnarCore

/// The elements of lists as the source of the chain that runs over them.
package struct ElementSource: MorselSource {
  package let label: String
  package var inputs: [Chain] { [elements.outer] }
  package var readMetrics: OperatorMetrics? { metrics }
  package var figures: String { metrics.readText }
  package var items: ItemPlace? { .elements(elements) }
  private let metrics = OperatorMetrics()
  private let elements: ListElements
  private let positions: [Int]

  package init(_ label: String, _ elements: ListElements, positions: [Int]) {
    self.label = label
    self.elements = elements
    self.positions = positions
  }

  package func prepare(_ query: QueryContext, batchRows: Int) throws -> [Morsel] {
    try elements.morsels(positions, batchRows: batchRows)
  }
}
