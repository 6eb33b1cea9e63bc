extension Column {
  /// Lists, element by element.
  func castList(to target: DataType, _ strict: Bool) throws -> Column {
    try mappingElements(to: target, strict: strict) { try $0.cast(to: $1, strict: strict) }
  }

  /// Structs, field by field: by name if the names are the same, else by position.
  func castStruct(to fields: [Field], _ strict: Bool) throws -> Column {
    try mappingFields(from: (type.fields ?? []).matched(to: fields), to: fields) {
      try $0.cast(to: $1, strict: strict)
    }
  }

  /// Lists with their elements made those of `target` by `transform`; elements that belong to no
  /// list of this window, or to a null one, are not looked at.
  func mappingElements(
    to target: DataType, strict: Bool, _ transform: (Column, DataType) throws -> Column
  ) throws -> Column {
    guard let element = target.element else {
      throw undefined("A cast to \(target)", [type], hint: "Use a list function.")
    }
    let (elements, offsets) = denseElements()
    let cast: Column
    do {
      cast = try transform(elements, element)
    } catch let error as ColumnarError {
      throw error.movingRow { place in (offsets.firstIndex { $0 > place } ?? 1) - 1 }
    }
    guard case .fixedSizeList(_, let size) = target.kind else {
      return Column(
        listOf: cast, offsets: Buffer(copying: offsets.map { Int64($0) }), validity: validity,
        count: count)
    }
    return try fixedLists(cast, offsets, size, target, strict)
  }

  /// The elements of the lists that are not null, and where each list starts among them.
  private func denseElements() -> (Column, [Int]) {
    let lists = ListView(self)
    let validity = lists.validity
    var elements = RowRuns(capacity: count)
    var offsets = [0]
    offsets.reserveCapacity(count + 1)
    for row in 0..<count {
      if validity?.isSet(row) ?? true { elements.append(lists.range(row)) }
      offsets.append(elements.count)
    }
    return (lists.elements.taking(elements), offsets)
  }

  private func fixedLists(
    _ elements: Column, _ offsets: [Int], _ size: Int, _ target: DataType, _ strict: Bool
  ) throws -> Column {
    let fitting = Bitmap.both(
      validity, Arity.bits(count) { offsets[$0 + 1] - offsets[$0] == size })
    if strict, let row = firstMisfit(fitting) {
      throw castFailure(
        "of \(offsets[row + 1] - offsets[row]) elements", type, target, row: row)
    }
    var runs = RowRuns(capacity: count)
    for row in 0..<count {
      if fitting?.isSet(row) ?? true {
        runs.append(offsets[row]..<offsets[row + 1])
      } else {
        runs.append(absent: size)
      }
    }
    let validity = fitting?.setCount == count ? nil : fitting
    return Column(
      fixedSizeListOf: elements.taking(runs), size: size, validity: validity, count: count)
  }

  /// Structs of other fields, each made by `transform` of the field at a position here, null where
  /// there is no position; what stands in the fields under a null struct is not looked at.
  func mappingFields(
    from positions: [Int?], to fields: [Field],
    _ transform: (Column, DataType) throws -> Column
  ) throws -> Column {
    let children = structChildren
    let validity = validity
    var cast: [Column] = []
    var first: ColumnarError?
    for (position, field) in zip(positions, fields) {
      guard let position else {
        cast.append(.nulls(of: field.type, count: count))
        continue
      }
      var child = children[position]
      if let validity { child = child.withValidity(Bitmap.both(child.validity, validity)) }
      do {
        cast.append(try transform(child, field.type))
      } catch let error as ColumnarError {
        // Of several fields' errors the one of the lowest row is told.
        if (error.row ?? 0) < first?.row ?? .max { first = error }
      }
    }
    if let first { throw first }
    return Column(fields: fields, children: cast, validity: validity, count: count)
  }
}

extension ColumnarError {
  /// The same error with its row replaced by a function of it.
  fileprivate func movingRow(_ f: (Int) -> Int) -> ColumnarError {
    guard let row else { return self }
    return shiftingRow(by: f(row) - row)
  }
}
