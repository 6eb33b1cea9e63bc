#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// The system's name for a thread, as long as it lives.
package enum ThreadIdentity {
  package static var current: UInt { UInt(bitPattern: pthread_self().hashValue) }
}
