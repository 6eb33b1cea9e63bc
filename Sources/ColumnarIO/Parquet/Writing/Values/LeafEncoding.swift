import ColumnarCore

/// The values of a chunk in the form that they are written in.
struct LeafEncoding {
  /// The values themselves; nil where only codes are at hand.
  let plain: StoredValues?
  /// Codes, where a dictionary pays.
  let coded: CodedValues?
  /// How values are written that are no codes.
  let encoding: ParquetEncoding

  /// A dictionary is taken though it is a little larger: it is read quicker, and text stays coded.
  private static let dictionaryBonus = 1.05
  /// Larger dictionaries are not made.
  private static let dictionaryBytes = 16.0 * 1024 * 1024

  /// Decides how the values are written; see `EncodingChoice`.
  init(_ shredded: ShreddedLeaf, _ options: ParquetWriteOptions, _ packer: ParquetPacker) throws {
    let (column, leaf) = (shredded.values, shredded.leaf)
    let usesDictionary = options.usesDictionaries && leaf.stored.physical != .boolean
    if usesDictionary, column.encoding == .dictionary, column.count > 0,
      column.encodedValues.count <= column.count / 2
    {
      // What has codes already keeps them: that so few values differ says that it pays.
      coded = try CodedValues(column, leaf)
      plain = nil
      encoding = .rleDictionary
      return
    }
    let values = try StoredValues(column, leaf)
    let choice = try EncodingChoice(values, options, packer)
    coded =
      usesDictionary ? try Self.dictionary(column.decoded(), leaf, values, choice) : nil
    plain = values
    encoding = coded == nil ? choice.encoding : .rleDictionary
  }

  /// The values as codes, if that pays.
  private static func dictionary(
    _ column: Column, _ leaf: ParquetWriteLeaf, _ values: StoredValues, _ choice: EncodingChoice
  ) throws -> CodedValues? {
    guard values.count > 0 else { return nil }
    let width: Double
    switch values.form {
    case .none, .bits: return nil
    case .words(_, let bytes): width = Double(bytes) * choice.plainRatio
    case .bytes(let view):
      width = (averageLength(view) + 4) * choice.plainRatio
    }
    let count = Double(values.count)
    let limit = dictionaryBonus * choice.bytesPerValue * count
    func pays(_ distinct: Double) -> Bool {
      // Codes are packed, or noted once for each run of them.
      let bits = Double(CodedValues.width(of: Int(distinct)))
      let code = min(bits / 8, (3 + bits / 8) / choice.runLength)
      return distinct * width + count * code <= limit && distinct * width <= dictionaryBytes
    }
    if let table = IntegerTable(values) {
      return pays(Double(table.distinctCount)) ? CodedValues(table) : nil
    }
    let distinct = DistinctEstimate.count(column, values)
    guard pays(distinct) else { return nil }
    // The guess may be too low: then there is an end to it.
    let most = Int(min(count, max(distinct * 2, 1024)))
    guard
      let coded = try CodedValues(
        hashing: column, leaf, values, limit: most)
    else { return nil }
    return pays(Double(coded.values.count)) ? coded : nil
  }

  private static func averageLength(_ view: BytesView) -> Double {
    var total = 0
    for row in 0..<view.count { total &+= view.views[row].count }
    return Double(total) / Double(max(1, view.count))
  }
}
