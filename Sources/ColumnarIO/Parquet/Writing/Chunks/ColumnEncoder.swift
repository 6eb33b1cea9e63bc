import ColumnarCore

/// Turns the columns of row groups into chunks; one is shared by all threads.
package struct ColumnEncoder: Sendable {
  let schema: ParquetWriteSchema
  let options: ParquetWriteOptions
  /// What the options ask for each leaf.
  private let bloomFilters: [ParquetWriteOptions.BloomFilter?]
  private let path: String

  init(_ schema: ParquetWriteSchema, _ options: ParquetWriteOptions, path: String) throws {
    try options.check()
    self.schema = schema
    self.options = options
    self.path = path
    var filters = [ParquetWriteOptions.BloomFilter?](repeating: nil, count: schema.leaves.count)
    let names = schema.leaves.map(\.name)
    for filter in options.bloomFilters {
      guard let leaf = names.firstIndex(of: filter.column) else {
        throw ColumnarError(
          .columnNotFound,
          "There is no column \"\(filter.column)\" to make a bloom filter of. "
            + Suggestion.hint(for: filter.column, among: names, what: "columns"),
          context: [.file(path)])
      }
      let physical = schema.leaves[leaf].stored.physical
      guard physical != .boolean, schema.leaves[leaf].stored.conversion != .null else {
        throw ColumnarError(
          .unsupported,
          "Column \"\(filter.column)\" is \(schema.leaves[leaf].type), of which there are no bloom "
            + "filters.", context: [.file(path)])
      }
      filters[leaf] = filter
    }
    bloomFilters = filters
  }

  /// The number of columns, each of which is encoded by itself.
  package var columnCount: Int { schema.schema.count }

  /// The chunks of a column: one for each leaf.
  ///
  /// `parts` are its rows in order.
  package func encode(column position: Int, _ parts: [Column]) throws -> [EncodedChunk] {
    let field = schema.schema[position]
    let leaves = schema.leavesOfColumn[position]
    do {
      let column =
        DictionaryJoin.joined(parts, type: field.type)
        ?? Column.concatenating(parts, type: field.type)
      let shredded = try Shredder.leaves(of: column, schema.leaves[leaves])
      return try zip(leaves, shredded).map { try encode($1, bloomFilters[$0]) }
    } catch let error as ColumnarError {
      throw error.at(.file(path))
    }
  }

  private func encode(
    _ shredded: ShreddedLeaf, _ filter: ParquetWriteOptions.BloomFilter?
  ) throws -> EncodedChunk {
    let packer = try ParquetPacker(options.compression)
    let encoding = try LeafEncoding(shredded, options, packer)
    let plans = PagePlan.pages(shredded, encoding, options)
    let writer = PageWriter(options, packer, capacity: encoding.guessedSize)
    if let coded = encoding.coded { try writer.appendDictionary(coded, shredded.leaf) }
    let dataOffset = writer.count
    var pages: [EncodedChunk.Page] = []
    var bounds = WrittenBounds()
    for plan in plans {
      let start = writer.count
      try writer.append(plan, shredded, encoding)
      let found = options.writesStatistics ? encoding.bounds(plan.values) : WrittenBounds()
      bounds.merge(found)
      pages.append(
        EncodedChunk.Page(
          offset: start, size: writer.count - start, firstRow: plan.rows.lowerBound,
          valueCount: plan.values.count, nullCount: plan.levels.count - plan.values.count,
          bounds: found))
    }
    return EncodedChunk(
      leaf: shredded.leaf, bytes: writer.finish(), codec: packer.codec,
      levelCount: shredded.count, uncompressedSize: writer.uncompressedSize,
      hasDictionary: encoding.coded != nil, dataOffset: dataOffset, encoding: encoding.encoding,
      pages: pages, bounds: bounds, nullCount: shredded.count - shredded.values.count,
      bloomFilter: filter.map { encoding.bloomFilter($0) } ?? [])
  }
}

extension LeafEncoding {
  /// About what the chunk will take.
  fileprivate var guessedSize: Int {
    if let coded { return coded.count * coded.width / 8 + coded.values.count * 8 + 4096 }
    switch plain?.form {
    case .words(let words, _): return words.count + 4096
    case .bytes(let view): return view.count * 16 + 4096
    default: return 4096
    }
  }

  /// The bounds of some of the values.
  fileprivate func bounds(_ range: Range<Int>) -> WrittenBounds {
    // In order, codes tell; otherwise the values do where they are at hand.
    if let coded, coded.isSorted || plain == nil {
      defer { withExtendedLifetime(coded.codes.owner) {} }
      return coded.values.bounds(
        codes: coded.codes.pointer(as: UInt32.self) + range.lowerBound, range.count,
        isSorted: coded.isSorted)
    }
    return plain?.bounds(range) ?? WrittenBounds()
  }
}
