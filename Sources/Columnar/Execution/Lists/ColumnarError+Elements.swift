import ColumnarCore

extension ColumnarError {
  /// The same error where what was a row is one element of an item.
  package func inElement(_ element: Int) -> ColumnarError {
    replacingRows { .element(element) }
  }

  /// That the lists of item 0 are not equally long.
  package static func unequalLists(
    _ lengths: [(name: String, count: Int)], of name: String
  ) -> ColumnarError {
    let texts = lengths.map { "\"\($0.name)\" has \($0.count)" }.joined(separator: ", ")
    return ColumnarError(
      .lengthMismatch,
      "Lists that \"\(name)\" is mapped over together must be equally long in every item: \(texts). "
        + "Make them so, or use mode: .product.", context: [.row(0), .node(name)])
  }
}

extension FailedRows.Entry {
  /// The failed element as one of its item.
  package func inElement(_ element: Int, row item: Int) -> FailedRows.Entry {
    FailedRows.Entry(
      function: function, row: item, inputs: inputs, error: "element \(element): \(error)")
  }
}
