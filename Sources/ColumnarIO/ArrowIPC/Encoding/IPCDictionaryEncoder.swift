import ColumnarCore

/// Gives the rows of one column codes into a dictionary that grows from batch to batch.
///
/// Used by one thread at a time, in the order of the rows.
final class IPCDictionaryEncoder {
  private let type: DataType
  private let groups: GroupTable
  /// The code of each group of equal values, -1 for the nulls.
  private var codeOfGroup: [Int32] = []
  private var valueCount: Int32 = 0

  init(_ type: DataType) {
    self.type = type
    groups = GroupTable(keyTypes: [Self.keyType(type)])
  }

  /// Floats are told apart by their bits, so that zeros keep their sign.
  private static func keyType(_ type: DataType) -> DataType {
    switch type {
    case .float32: .uint32
    case .float64: .uint64
    default: type
    }
  }

  private func key(_ column: Column) -> Column {
    guard type.isFloatingPoint, let width = type.physical.width else { return column }
    let plain = column.decoded()
    let start = plain.offset * width
    return Column(
      type: Self.keyType(type),
      values: plain.storage.values.slice(start..<(start + plain.count * width)),
      validity: plain.trueValidity, count: plain.count)
  }

  /// The rows as codes, and the values that were not in the dictionary before.
  func encode(_ column: Column) -> (codes: Column, added: Column) {
    let ids = groups.assign([key(column)])
    var fresh: [Int32] = []
    let memory = MutableBuffer(count: column.count * 4)
    let codes = memory.pointer(as: Int32.self)
    let validity = column.trueValidity
    for row in 0..<column.count {
      let group = Int(ids.pointer[row])
      if group == codeOfGroup.count {
        let isNull = validity?.isSet(row) == false
        codeOfGroup.append(isNull ? -1 : valueCount)
        if !isNull {
          valueCount += 1
          fresh.append(Int32(truncatingIfNeeded: row))
        }
      }
      codes[row] = max(0, codeOfGroup[group])
    }
    withExtendedLifetime(ids) {}
    let added = column.taking(RowIndices(fresh)).decoded().withValidity(nil)
    // The codes stand for themselves: the values are elsewhere.
    let coded = Column.dictionary(
      codes: memory.freeze(), values: added, validity: validity, count: column.count)
    return (coded, added)
  }
}
