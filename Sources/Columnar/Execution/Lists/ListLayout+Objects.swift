import ColumnarCore

extension ListUnpacking {
  /// A column of objects that are lists as a list column.
  package func listColumn(_ column: Column) throws -> Column {
    let memory = MutableBuffer(count: (column.count + 1) * 8)
    let target = memory.pointer(as: Int64.self)
    target[0] = 0
    var objects: [any Sendable] = []
    var present = BitmapBuilder()
    for (row, object) in column.objects.enumerated() {
      if !column.isNull(row) {
        guard let list = elements(object) else {
          throw ColumnarError(
            .typeMismatch, "\(type(of: object)) is no list of \(element).", context: [.row(row)])
        }
        for value in list {
          objects.append(value ?? Absent.value)
          present.append(value != nil)
        }
      }
      target[row + 1] = Int64(objects.count)
    }
    let elements = Column(
      storage: ColumnStorage(
        type: element, validity: present.finish().compactBuffer, objects: objects),
      count: objects.count)
    return Column(
      listOf: elements, offsets: memory.freeze(), validity: column.validity, count: column.count)
  }
}

extension ListPacking {
  /// A list column as a column of objects.
  package func objectColumn(_ lists: Column) throws -> Column {
    let view = ListView(lists)
    let values = view.elements.type.physical == .opaque ? view.elements.objects : []
    var objects: [any Sendable] = []
    for row in 0..<lists.count {
      guard !lists.isNull(row) else {
        objects.append(Absent.value)
        continue
      }
      let range = view.range(row)
      let elements = range.map { k -> (any Sendable)? in
        view.elements.isNull(k) ? nil : values[values.startIndex + k]
      }
      guard let object = list(elements) else {
        let missing = elements.firstIndex { $0 == nil } ?? 0
        throw ColumnarError(
          .typeMismatch,
          "Element \(missing) has no value, and the lists of \(view.elements.type) have no room for "
            + "that. Let the inner node return an optional.", context: [.row(row)])
      }
      objects.append(object)
    }
    return Column(
      storage: ColumnStorage(
        type: type, validity: lists.validity?.compactBuffer, objects: objects),
      count: lists.count)
  }
}
