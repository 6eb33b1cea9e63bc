import ColumnarCore

/// One value of a user's type per group, side by side in memory and growing as groups come.
///
/// `@unchecked Sendable`: one thread works on it at a time, or several that only read.
@usableFromInline
package final class GroupStates<S>: @unchecked Sendable {
  /// The states, valid until the next growth.
  @usableFromInline package private(set) var pointer: UnsafeMutablePointer<S>
  /// The number of groups.
  @usableFromInline package private(set) var count = 0
  private var capacity = 0
  private let initial: S

  /// States that begin as copies of `initial`.
  package init(initial: S) {
    self.initial = initial
    pointer = .allocate(capacity: 0)
  }

  deinit {
    pointer.deinitialize(count: count)
    pointer.deallocate()
  }

  /// Makes room for groups up to `groups`.
  package func grow(to groups: Int) {
    guard groups > count else { return }
    if groups > capacity {
      capacity = Swift.max(groups, 2 * capacity)
      let larger = UnsafeMutablePointer<S>.allocate(capacity: capacity)
      larger.moveInitialize(from: pointer, count: count)
      pointer.deallocate()
      pointer = larger
    }
    (pointer + count).initialize(repeating: initial, count: groups - count)
    count = groups
  }
}
