/// Parts of nested values.
extension Column {
  /// The values of one field of a struct column, null where the struct is.
  ///
  /// Cost: constant, and where structs are null a look at their validity.
  package func structField(_ position: Int) -> Column {
    if encoding == .constant {
      return .constant(storage.children[0].structField(position), count: count)
    }
    let field = structChildren[position]
    guard let outer = trueValidity, field.type.kind != .null else { return field }
    return field.withValidity(Bitmap.both(field.validity, outer))
  }

  /// The values of a field by its name; nil if there is none of it.
  package func structField(named name: String) -> Column? {
    type.fields?.firstIndex { $0.name == name }.map { structField($0) }
  }

  /// The number of elements of each list, null where the list is.
  package func elementCounts() -> Column {
    if encoding == .constant {
      return .constant(storage.children[0].elementCounts(), count: count)
    }
    let lists = ListView(self)
    let memory = MutableBuffer(count: count * 8)
    let target = memory.pointer(as: Int64.self)
    for row in 0..<count { target[row] = Int64(lists.range(row).count) }
    return Column(
      type: .int64, values: memory.freeze(), validity: lists.column.trueValidity, count: count)
  }

  /// The element at `index` of each list, counted from the end where it is negative; null where the
  /// list is null, or has no such element.
  ///
  /// Cost: that of gathering the elements.
  package func elements(at index: Int) -> Column {
    if encoding == .constant {
      return .constant(storage.children[0].elements(at: index).decoded(), count: count)
    }
    let lists = ListView(self)
    let validity = lists.column.trueValidity
    let memory = MutableBuffer(count: count * 4)
    let target = memory.pointer(as: Int32.self)
    for row in 0..<count {
      let range = lists.range(row)
      // Of a negative index -1 is the last; neither sum can overflow, as counts are small.
      let place = index < 0 ? range.count + index : index
      let isThere = place >= 0 && place < range.count && validity?.isSet(row) ?? true
      target[row] = isThere ? Int32(truncatingIfNeeded: range.lowerBound + place) : -1
    }
    return lists.elements.taking(
      RowIndices(buffer: memory.freeze(), count: count, mayBeAbsent: true))
  }
}
