import CColumnarSystem
import ColumnarCore
import Glibc

/// The memory that a program and one of its workers share: a page of flags and, per slot, one
/// window for arguments and one for results.
///
/// The memory is one sparse file, far larger than will ever be used, so that a window grows by
/// being mapped anew: no message is needed for that, and what is mapped already stays where it is.
///
/// `@unchecked Sendable`: constants; the page is only touched by atomic operations.
final class SharedMemory: @unchecked Sendable {
  /// The most bytes of a window.
  static let windowSize = 1 << 36
  /// The most slots.
  static let slotLimit = 4096
  /// The size of the file.
  static let fileSize = UInt64(windowSize) * UInt64(1 + 2 * slotLimit)

  /// What a window holds.
  enum Side: Int { case arguments, result }

  private let descriptor: Int32
  private let page: UnsafeMutablePointer<columnar_worker_page>
  private static let pageSize = 4096

  /// The memory behind a descriptor, which stays the caller's.
  init(_ descriptor: Int32) throws {
    self.descriptor = descriptor
    guard
      let start = mmap(nil, Self.pageSize, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0),
      start != MAP_FAILED
    else { throw Self.failure() }
    page = start.bindMemory(to: columnar_worker_page.self, capacity: 1)
  }

  deinit { munmap(page, Self.pageSize) }

  /// Maps at least `count` bytes of a window, and room behind them.
  func map(slot: Int, _ side: Side, count: Int) throws -> Mapping {
    guard count <= Self.windowSize - Mapping.padding, slot < Self.slotLimit else {
      throw ColumnarError(
        .resourcesExhausted,
        "A batch of \(count) bytes is too large for a worker process. Set batchSize or maxBatchBytes."
      )
    }
    var length = 1 << 18
    while length < count + Mapping.padding { length *= 2 }
    let offset = Self.windowSize * (1 + 2 * slot + side.rawValue)
    guard
      let start = mmap(nil, length, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, off_t(offset)),
      start != MAP_FAILED
    else { throw Self.failure() }
    return Mapping(start, length)
  }

  private static func failure() -> ColumnarError {
    ColumnarError(
      .resourcesExhausted,
      "Memory to share with a worker process cannot be mapped: \(String(cString: strerror(errno)))."
    )
  }

  // MARK: The page

  /// The slot that the worker is at, if any.
  var running: Int? {
    get {
      let value = columnar_load32(&page.pointee.running)
      return value == 0 ? nil : Int(value) - 1
    }
    set { columnar_store32(&page.pointee.running, newValue.map { UInt32($0 + 1) } ?? 0) }
  }

  /// When the function was called on the running batch; 0 before.
  var began: UInt64 {
    get { columnar_load64(&page.pointee.began) }
    set { columnar_store64(&page.pointee.began, newValue) }
  }

  /// The row that the function is at, if it tells, and since when.
  ///
  /// Only a hint: the worker goes on meanwhile, and who killed it may have nothing to do with the
  /// row.
  var row: (number: Int, began: UInt64)? {
    let value = columnar_load64(&page.pointee.row)
    let began = columnar_load64(&page.pointee.row_began)
    // Not of two different rows.
    guard value > 0, value <= Int64.max, columnar_load64(&page.pointee.row) == value else {
      return nil
    }
    return (Int(value) - 1, began)
  }

  /// The function comes to a row.
  func enter(row: Int, at time: UInt64) {
    columnar_store64(&page.pointee.row_began, time)
    columnar_store64(&page.pointee.row, UInt64(row) + 1)
  }

  /// The function is at no row.
  func leaveRow() { columnar_store64(&page.pointee.row, 0) }

  /// Whether the query was cancelled.
  var isCancelled: Bool {
    get { columnar_load32(&page.pointee.cancelled) != 0 }
    set { columnar_store32(&page.pointee.cancelled, newValue ? 1 : 0) }
  }
}

/// A mapped piece of shared memory.
///
/// `@unchecked Sendable`: constants; who may touch the bytes when is the protocol's business: one
/// side at a time.
final class Mapping: @unchecked Sendable {
  /// Bytes behind the used ones that kernels may read.
  static let padding = MemoryPool.padding

  let start: UnsafeMutableRawPointer
  private let length: Int

  fileprivate init(_ start: UnsafeMutableRawPointer, _ length: Int) {
    self.start = start
    self.length = length
  }

  deinit { munmap(start, length) }

  /// The bytes that may be used.
  var capacity: Int { length - Self.padding }
}
