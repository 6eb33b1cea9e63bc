extension Column {
  /// Adds the bytes that each row holds to `sizes`: of fixed-width values their width, of strings
  /// and lists what they hold besides; a null counts as what stands under it.
  ///
  /// Cost: one pass over the column. An opaque value counts as a pointer.
  package func addRowBytes(to sizes: inout [Int]) {
    let plain = decoded()
    switch type.physical {
    case .null: return
    case .bool: for k in sizes.indices { sizes[k] += 1 }
    case .bytes:
      let view = BytesView(plain)
      for k in sizes.indices {
        let count = view.views[k].count
        sizes[k] += 16 + (count > ByteView.inlineLimit ? count : 0)
      }
    case .list, .fixedSizeList:
      let lists = ListView(plain)
      // Sums before each element, so that a row costs two look-ups whatever its length.
      var elements = [Int](repeating: 0, count: lists.elements.count)
      lists.elements.addRowBytes(to: &elements)
      var sums = [0]
      sums.reserveCapacity(elements.count + 1)
      for size in elements { sums.append(sums[sums.count - 1] + size) }
      for k in sizes.indices {
        let range = lists.range(k)
        sizes[k] += 8 + sums[range.upperBound] - sums[range.lowerBound]
      }
    case .structure: for child in plain.structChildren { child.addRowBytes(to: &sizes) }
    case .opaque: for k in sizes.indices { sizes[k] += 8 }
    default:
      let width = type.physical.width ?? 8
      for k in sizes.indices { sizes[k] += width }
    }
  }
}
