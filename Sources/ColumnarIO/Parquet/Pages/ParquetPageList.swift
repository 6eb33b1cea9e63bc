import ColumnarCore

/// All pages of a column chunk, found by going from header to header.
struct ParquetPageList: Sendable {
  let dictionary: ParquetPage?
  /// The data pages in order.
  let pages: [ParquetPage]
  /// The values in front of each data page, which are rows where the leaf is in no list.
  let firstValues: [Int]
  /// Whether every data page has codes into the dictionary.
  let isCoded: Bool

  /// Reads the headers; cost: a look at each page's first bytes.
  init(
    _ chunk: ParquetChunk, _ leaf: ParquetLeaf, rowCount: Int, file: Buffer, dataEnd: Int,
    _ origin: ParquetOrigin
  ) throws {
    let start = chunk.start
    var dictionary: ParquetPage?
    var pages: [ParquetPage] = []
    var firstValues: [Int] = []
    if chunk.valueCount < 0 {
      throw origin.at(dataEnd).corrupt("\(chunk.valueCount) values")
    }
    guard chunk.valueCount == 0 || (start >= 4 && start < dataEnd) else {
      throw origin.at(dataEnd).corrupt("its data is said to stand at byte \(start)")
    }
    // A size that is too small is not rare, so that only the file's end is relied upon.
    var (at, values) = (start, 0)
    while values < chunk.valueCount {
      guard at < dataEnd else {
        throw origin.at(at).corrupt("\(values) values where there should be \(chunk.valueCount)")
      }
      var reader = ThriftReader(file.slice(at..<dataEnd), origin.at(at))
      let page = try ParquetPage(&reader)
      guard page.size <= dataEnd - page.start else {
        throw origin.at(at).corrupt("a page reaches \(page.size) bytes far, beyond the data")
      }
      at = page.start + page.size
      switch page.kind {
      case .data, .dataV2:
        if page.valueCount > 0 {
          pages.append(page)
          firstValues.append(values)
        }
        values += page.valueCount
      case .dictionary:
        guard dictionary == nil, pages.isEmpty else {
          throw origin.at(page.start).corrupt("a dictionary that is not where it belongs")
        }
        dictionary = page
      case .other: break
      }
    }
    guard values == chunk.valueCount else {
      throw origin.at(start).corrupt("\(values) values where there should be \(chunk.valueCount)")
    }
    guard leaf.repetition > 0 ? values >= rowCount : values == rowCount else {
      throw origin.at(start).corrupt("\(values) values in a row group of \(rowCount) rows")
    }
    self.dictionary = dictionary
    self.pages = pages
    self.firstValues = firstValues
    isCoded = dictionary != nil && pages.allSatisfy { $0.encoding.isDictionary }
  }
}
