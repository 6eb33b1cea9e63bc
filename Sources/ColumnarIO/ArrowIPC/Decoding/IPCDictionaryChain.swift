import ColumnarCore

/// All values that ever belonged to a dictionary, made unique once each.
///
/// Floats are left as they came: zeros of both signs are equal, and yet not the same.
///
/// `@unchecked Sendable`: all that changes is behind a lock.
final class IPCDictionaryChain: @unchecked Sendable {
  /// Unique values without nulls; of floats all as they came.
  struct Normal {
    let values: Column
    /// The code of each value as it came, -1 for a null; nil where codes stay what they are.
    let codes: [Int32]?
  }

  private struct State {
    /// Values that nobody asked for yet.
    var waiting: [Column]
    let groups: GroupTable
    /// The code of each group of equal values, -1 for the nulls.
    var codeOfGroup: [Int32] = []
    var codes: [Int32] = []
    var values: Column
    var isIdentity = true
  }

  private let type: DataType
  private let state: Monitor<State>

  init(_ values: Column) {
    type = values.type
    state = Monitor(
      State(
        waiting: [values], groups: GroupTable(keyTypes: [values.type]), values: .empty(values.type))
    )
  }

  /// More values, behind those there are.
  func add(_ values: Column) { state.withLock { $0.waiting.append(values) } }

  /// The values so far; cost: a look at those that came since the last call.
  func normalized() -> Normal {
    state.withLock { state in
      if !state.waiting.isEmpty {
        let added = Column.concatenating(state.waiting, type: type)
        state.waiting = []
        normalize(added, &state)
      }
      return Normal(values: state.values, codes: state.isIdentity ? nil : state.codes)
    }
  }

  private func normalize(_ added: Column, _ state: inout State) {
    guard added.count > 0 else { return }
    guard !type.isFloatingPoint else {
      state.values = Column.concatenating([state.values, added], type: type)
      return
    }
    let ids = state.groups.assign([added])
    var kept: [Int32] = []
    var unique = state.values.count
    for row in 0..<added.count {
      let group = Int(ids.pointer[row])
      if group == state.codeOfGroup.count {
        let isNull = added.isNull(row)
        state.codeOfGroup.append(isNull ? -1 : Int32(truncatingIfNeeded: unique))
        if !isNull {
          unique += 1
          kept.append(Int32(truncatingIfNeeded: row))
        }
      }
      state.codes.append(state.codeOfGroup[group])
    }
    withExtendedLifetime(ids) {}
    let isWhole = kept.count == added.count
    state.isIdentity = state.isIdentity && isWhole
    let fresh = isWhole ? added : added.taking(RowIndices(kept))
    state.values = Column.concatenating([state.values, fresh.withValidity(nil)], type: type)
  }
}
