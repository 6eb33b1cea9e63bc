import Glibc

/// What keeps the bytes of one or more `Buffer`s alive, and lets go of them when the last is gone.
///
/// `@unchecked Sendable`: all fields are constant after init, and the bytes are written only before
/// they are shared.
@usableFromInline
package final class BufferOwner: @unchecked Sendable {
  private enum Release {
    case pool(MemoryPool.Block)
    case unmap(UnsafeMutableRawPointer, Int)
    case foreign(() -> Void)
  }
  private let release: Release

  private init(_ release: Release) { self.release = release }

  /// Takes over a block of the pool; it goes back there.
  package static func pooled(_ block: MemoryPool.Block) -> BufferOwner {
    BufferOwner(.pool(block))
  }

  /// Takes over a memory mapping; it is unmapped.
  package static func mapping(_ start: UnsafeMutableRawPointer, _ length: Int) -> BufferOwner {
    BufferOwner(.unmap(start, length))
  }

  /// Memory of somebody else; `release` is called once, on whichever thread drops the last buffer.
  package static func foreign(release: @escaping @Sendable () -> Void) -> BufferOwner {
    BufferOwner(.foreign(release))
  }

  deinit {
    switch release {
    case .pool(let block): MemoryPool.shared.give(back: block)
    case .unmap(let start, let length): munmap(start, length)
    case .foreign(let release): release()
    }
  }
}
