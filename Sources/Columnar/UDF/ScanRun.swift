import ColumnarCore

/// A scan on its way through the rows: a state per key.
///
/// `@unchecked Sendable`: one thread works on it at a time.
@usableFromInline
package class ScanRun: @unchecked Sendable {
  fileprivate init() {}
  /// Makes room for keys up to `keys`; new ones begin with the initial state.
  package func grow(to keys: Int) {}
  /// Runs the rows of a batch; `keys` gives the number of each row's key (nil: all have the first).
  package func step(_ call: UDFCall, _ keys: UnsafePointer<UInt32>?) throws -> Column {
    .nulls(call.count)
  }
}

/// `@unchecked Sendable`: as its superclass, one thread works on it at a time.
private final class TypedScanRun<S: Sendable>: ScanRun, @unchecked Sendable {
  private let states: GroupStates<S>
  private let body: UDF.ScanBody<S>

  init(_ initial: S, _ body: @escaping UDF.ScanBody<S>) {
    states = GroupStates(initial: initial)
    self.body = body
    super.init()
  }

  override func grow(to keys: Int) { states.grow(to: keys) }

  override func step(_ call: UDFCall, _ keys: UnsafePointer<UInt32>?) throws -> Column {
    states.grow(to: 1)
    return try body(call, states.pointer, keys)
  }
}

extension UDF {
  /// The loop of a scan over a batch, specialised in the user's module.
  @usableFromInline
  package typealias ScanBody<S> =
    @Sendable (
      UDFCall, UnsafeMutablePointer<S>, UnsafePointer<UInt32>?
    ) throws -> Column

  /// A function that carries a state from row to row.
  @usableFromInline
  package static func scanFunction<S: Sendable>(
    _ name: String, _ parameters: [UDFParameter], _ result: DataType, _ options: UDFOptions,
    _ initial: S, _ body: @escaping ScanBody<S>
  ) -> UserFunction {
    UserFunction(
      name: name, kind: .scan, parameters: parameters, resultType: result, options: options,
      special: .scan { TypedScanRun(initial, body) }, body: misplaced(name))
  }
}
