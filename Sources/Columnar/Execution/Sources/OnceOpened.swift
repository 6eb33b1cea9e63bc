import ColumnarCore

/// Something that is opened when it is first needed, once.
final class OnceOpened<Value: Sendable>: Sendable {
  private let open: @Sendable () throws -> Value
  private let opened: Monitor<Value?>

  init(_ open: @escaping @Sendable () throws -> Value) {
    self.open = open
    opened = Monitor(nil)
  }

  /// What is open already.
  init(opened value: Value) {
    open = { value }
    opened = Monitor(value)
  }

  /// The value; an error is tried anew the next time.
  func value() throws -> Value {
    try opened.withLock { opened in
      if let opened { return opened }
      let made = try open()
      opened = made
      return made
    }
  }

  /// The value, if it was opened already.
  var current: Value? { opened.withLock { $0 } }
}
