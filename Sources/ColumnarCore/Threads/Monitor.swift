import Glibc

/// A value behind a lock, with a condition that threads can wait for.
///
/// The lock is that of pthreads, which the thread sanitizer knows, so that it can tell guarded
/// memory from a race; it does not know the standard library's `Mutex`.
///
/// `@unchecked Sendable`: the value is touched only while the lock is held.
@usableFromInline
package final class Monitor<Value>: @unchecked Sendable {
  @usableFromInline var value: Value
  @usableFromInline let mutex: UnsafeMutablePointer<pthread_mutex_t>
  @usableFromInline let condition: UnsafeMutablePointer<pthread_cond_t>

  package init(_ value: Value) {
    self.value = value
    mutex = .allocate(capacity: 1)
    condition = .allocate(capacity: 1)
    pthread_mutex_init(mutex, nil)
    pthread_cond_init(condition, nil)
  }

  deinit {
    pthread_mutex_destroy(mutex)
    pthread_cond_destroy(condition)
    mutex.deallocate()
    condition.deallocate()
  }

  /// Calls `body` with the value, alone.
  @inlinable
  package func withLock<R>(_ body: (inout Value) throws -> R) rethrows -> R {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    return try body(&value)
  }

  /// As `withLock`, and wakes all who wait.
  @inlinable
  package func update<R>(_ body: (inout Value) throws -> R) rethrows -> R {
    pthread_mutex_lock(mutex)
    defer {
      pthread_cond_broadcast(condition)
      pthread_mutex_unlock(mutex)
    }
    return try body(&value)
  }

  /// Calls `body` again after every update until it gives a result.
  @inlinable
  package func wait<R>(_ body: (inout Value) throws -> R?) rethrows -> R {
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = try body(&value) { return result }
      pthread_cond_wait(condition, mutex)
    }
  }

  /// As `wait`, and calls `poll` every ten milliseconds meanwhile.
  @inlinable
  package func wait<R>(polling poll: () -> Void, _ body: (inout Value) throws -> R?) rethrows -> R {
    while true {
      if let result = try wait(nanoseconds: 10_000_000, body) { return result }
      poll()
    }
  }

  /// As `wait`, but gives nil when `nanoseconds` have passed.
  @inlinable
  package func wait<R>(nanoseconds: UInt64, _ body: (inout Value) throws -> R?) rethrows -> R? {
    var deadline = timespec()
    clock_gettime(CLOCK_REALTIME, &deadline)
    let total = UInt64(deadline.tv_nsec) + nanoseconds
    deadline.tv_sec += Int(total / 1_000_000_000)
    deadline.tv_nsec = Int(total % 1_000_000_000)
    pthread_mutex_lock(mutex)
    defer { pthread_mutex_unlock(mutex) }
    while true {
      if let result = try body(&value) { return result }
      if pthread_cond_timedwait(condition, mutex, &deadline) == ETIMEDOUT {
        return try body(&value)
      }
    }
  }
}
