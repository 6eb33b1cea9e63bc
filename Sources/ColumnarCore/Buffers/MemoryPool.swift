import Glibc

/// Reuses freed blocks, because the page faults of fresh memory cost more than the arithmetic done
/// in it.
///
/// With the flag `COLUMNAR_EXACT_MEMORY` nothing is reused and blocks are as large as was asked
/// for, so that the address sanitizer sees each use beyond them or after their end.
///
/// Blocks come in size classes a power of two or one and a half of it, are 64-byte aligned (2 MiB
/// blocks and larger are aligned to huge pages), and have at least `padding` readable bytes behind
/// the size that was asked for.
package final class MemoryPool: Sendable {
  /// One allocation of the pool.
  ///
  /// `@unchecked Sendable`: a plain address, owned by exactly one holder at a time.
  package struct Block: @unchecked Sendable {
    package let start: UnsafeMutableRawPointer
    package let capacity: Int
    fileprivate let sizeClass: Int
  }

  private struct FreeLists {
    var blocks = [[Block]](repeating: [], count: MemoryPool.classCount)
    var bytes = 0
    #if COLUMNAR_INTERNAL_CHECKS
      var held = Set<UnsafeMutableRawPointer>()
    #endif
  }

  /// The pool of this process.
  package static let shared = MemoryPool()

  /// Bytes behind every block that may be read (not used), so that kernels can load whole words.
  package static let padding = 64
  private static let hugePage = 2 << 20
  private static let smallest = 1024
  fileprivate static let classCount = 80

  private let free = Monitor(FreeLists())
  private let retainedLimit: Int

  private init() {
    let physical = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    retainedLimit = max(256 << 20, physical / 8)
  }

  /// A block of at least `count` bytes (plus padding), its content undefined.
  ///
  /// Out of memory is not recoverable here; callers check sizes that come from files before they ask.
  package func take(_ count: Int) -> Block {
    #if COLUMNAR_EXACT_MEMORY
      return fresh(count + Self.padding, sizeClass: 0)
    #else
      return pooled(count)
    #endif
  }

  private func pooled(_ count: Int) -> Block {
    let (sizeClass, size) = Self.sizeClass(for: count)
    let capacity = size + Self.padding
    let reused: Block? = free.withLock { lists in
      guard let block = lists.blocks[sizeClass].popLast() else { return nil }
      lists.bytes -= capacity
      #if COLUMNAR_INTERNAL_CHECKS
        lists.held.remove(block.start)
      #endif
      return block
    }
    return reused ?? fresh(capacity, sizeClass: sizeClass)
  }

  private func fresh(_ capacity: Int, sizeClass: Int) -> Block {
    let alignment = capacity >= Self.hugePage ? Self.hugePage : 64
    var start: UnsafeMutableRawPointer?
    guard posix_memalign(&start, alignment, capacity) == 0, let start else {
      fatalError("out of memory: \(capacity) bytes could not be allocated")
    }
    if capacity >= Self.hugePage { madvise(start, capacity, MADV_HUGEPAGE) }
    return Block(start: start, capacity: capacity, sizeClass: sizeClass)
  }

  /// Puts a block back for reuse, or frees it when enough is held already.
  func give(back block: Block) {
    #if COLUMNAR_EXACT_MEMORY
      Glibc.free(block.start)
    #else
      keep(block)
    #endif
  }

  private func keep(_ block: Block) {
    #if COLUMNAR_INTERNAL_CHECKS
      // Whoever still reads it sees nonsense, and whoever gives it back again is caught.
      memset(block.start, 0xDD, block.capacity)
      free.withLock { lists in
        precondition(lists.held.insert(block.start).inserted, "a block was given back twice")
      }
    #endif
    let kept = free.withLock { lists in
      guard lists.bytes + block.capacity <= retainedLimit else {
        #if COLUMNAR_INTERNAL_CHECKS
          lists.held.remove(block.start)
        #endif
        return false
      }
      lists.blocks[block.sizeClass].append(block)
      lists.bytes += block.capacity
      return true
    }
    if !kept { Glibc.free(block.start) }
  }

  /// Frees all blocks that are held for reuse.
  package func trim() {
    let all = free.withLock { lists in
      let all = lists.blocks.flatMap { $0 }
      lists = FreeLists()
      return all
    }
    for block in all { Glibc.free(block.start) }
  }

  /// The bytes held for reuse now.
  package var retainedBytes: Int { free.withLock { $0.bytes } }

  /// The class of a size and its capacity: 2^k, or 1.5 * 2^k.
  private static func sizeClass(for count: Int) -> (Int, Int) {
    let wanted = max(count, smallest)
    let power = Int.bitWidth - (wanted - 1).leadingZeroBitCount
    let half = 3 << (power - 2)
    let index = 2 * (power - 10)
    return wanted <= half ? (index, half) : (index + 1, 1 << power)
  }
}

extension BufferOwner {
  /// Frees a block that never became a buffer.
  static func drop(_ block: MemoryPool.Block) { MemoryPool.shared.give(back: block) }
}
