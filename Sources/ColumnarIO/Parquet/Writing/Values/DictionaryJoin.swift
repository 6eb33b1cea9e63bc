import ColumnarCore

/// Puts coded columns of different dictionaries together without looking at their rows' values.
enum DictionaryJoin {
  /// The rows of several coded columns as codes into one dictionary; nil where some are not coded,
  /// share one dictionary anyway, or have dictionaries that are large for so few rows.
  ///
  /// Cost: a look-up for each value of the dictionaries, and a copy of the codes.
  static func joined(_ parts: [Column], type: DataType) -> Column? {
    let parts = parts.filter { $0.count > 0 }
    guard let first = parts.first, type.physical != .structure, type.element == nil,
      parts.allSatisfy({ $0.encoding == .dictionary })
    else { return nil }
    var dictionaries = [first.encodedValues]
    // Runs of parts share a dictionary, as they come from one file's row groups.
    var numbers: [Int] = []
    for part in parts {
      if !part.encodedValues.isSameWindow(as: dictionaries[dictionaries.count - 1]) {
        dictionaries.append(part.encodedValues)
      }
      numbers.append(dictionaries.count - 1)
    }
    let count = parts.reduce(0) { $0 + $1.count }
    let size = dictionaries.reduce(0) { $0 + $1.count }
    guard dictionaries.count > 1, size <= count / 2, !type.isFloatingPoint else { return nil }
    let table = GroupTable(keyTypes: [type])
    let codes = dictionaries.map { table.assign([$0.decoded()]) }
    let memory = MutableBuffer(count: count * 4)
    let target = memory.pointer(as: Int32.self)
    var validity = BitmapBuilder(capacity: count)
    var row = 0
    for (part, number) in zip(parts, numbers) {
      let new = codes[number].pointer
      let old = part.codes
      // What stands under a null need not be a code.
      let last = Int32(truncatingIfNeeded: dictionaries[number].count - 1)
      for k in 0..<part.count {
        let code = Int(max(0, min(old[k], last)))
        target[row &+ k] = last < 0 ? 0 : Int32(truncatingIfNeeded: new[code])
      }
      row += part.count
      if let bits = part.validity {
        validity.append(bits)
      } else {
        validity.append(repeating: true, count: part.count)
      }
    }
    withExtendedLifetime((codes, parts)) {}
    let hasNulls = validity.clearCount > 0
    let bits = validity.finish()
    return .dictionary(
      codes: memory.freeze(), values: table.keys()[0], validity: hasNulls ? bits : nil,
      count: count)
  }
}
