import ColumnarCore

/// What runs a function whose result is not a column for each batch by itself.
package enum SpecialBody: Sendable {
  /// Makes the states of an aggregate, which has no groups yet.
  case aggregate(@Sendable (FunctionRun, Cancellation) -> any GroupAccumulator)
  /// Hands the elements of a batch's rows to an output.
  case expand(@Sendable (UDFCall, ExpandOutput) throws -> Void)
  /// Starts a scan.
  case scan(@Sendable () -> ScanRun)
}

extension UserFunction {
  /// Whether its calls may be moved to another place, or made for fewer rows: no contract binds
  /// them, and a row's result does not depend on the rows before it.
  package var isMovable: Bool { contract == .pure && kind != .scan }

  /// Whether its calls may be left out where nothing needs the results.
  package var isOptional: Bool { contract == .pure }
}
