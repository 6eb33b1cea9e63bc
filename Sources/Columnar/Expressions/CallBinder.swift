import ColumnarCore

/// Gives functions that say nothing of a contract that of the engine; one function stays one.
package final class CallBinder: Sendable {
  private let contract: UDFOptions.Contract?
  private let known = Monitor<[ObjectIdentifier: UserFunction]>([:])

  package init(_ contract: UDFOptions.Contract? = nil) { self.contract = contract }

  /// The function as the query calls it.
  func bound(_ function: UserFunction) -> UserFunction {
    guard let contract, function.options.contract == nil else { return function }
    return known.withLock { known in
      if let copy = known[ObjectIdentifier(function)] { return copy }
      let copy = UserFunction(function, contract: contract)
      known[ObjectIdentifier(function)] = copy
      return copy
    }
  }
}
