extension Column {
  /// Equality of lists: equally long, and equal element by element, where two nulls are equal.
  func equalLists(_ other: Column, _ flip: UInt64) -> Bitmap {
    let (a, b) = (ListView(self), ListView(other))
    var left = RowRuns(capacity: count)
    var right = RowRuns(capacity: count)
    var pairs: [Int] = [0]
    pairs.reserveCapacity(count + 1)
    let (validA, validB) = (a.validity, b.validity)
    for row in 0..<count {
      let (x, y) = (a.range(row), b.range(row))
      let isValid = (validA?.isSet(row) ?? true) && (validB?.isSet(row) ?? true)
      if isValid, x.count == y.count {
        left.append(x)
        right.append(y)
      }
      pairs.append(left.count)
    }
    let same = a.elements.taking(left).alikeBits(b.elements.taking(right))
    return Arity.bits(count, flip: flip) { row in
      if a.range(row).count != b.range(row).count { return false }
      return (pairs[row]..<pairs[row + 1]).allSatisfy { same.isSet($0) }
    }
  }

  /// Equality of structs: field by field, where two nulls are equal.
  func equalStructs(_ other: Column, _ flip: UInt64) -> Bitmap {
    var result = Bitmap(repeating: true, count: count)
    for (one, two) in zip(structChildren, other.structChildren) {
      result = result & one.alikeBits(two)
    }
    return flip == 0 ? result : ~result
  }

  /// Null-safe equality of two columns of one type.
  private func alikeBits(_ other: Column) -> Bitmap {
    if count == 0 { return Bitmap(repeating: true, count: 0) }
    if isConstantNull || other.isConstantNull {
      return (isConstantNull ? other.isNullMask() : isNullMask()).selection
    }
    return comparedAlike(.equalMissing, other).selection
  }
}
