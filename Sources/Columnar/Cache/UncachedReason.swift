import ColumnarCore

/// Why a function's results are not kept, as `explain` says it.
package enum UncachedReason: String, Sendable, Error {
  case optedOut = "the node is marked uncached()"
  case expression = "an expression is computed faster than it is looked up"
  case contract = "its contract does not let calls be left out"
  case batch = "a row of a batch function may depend on the others; declare it elementwise"
  case noInputs = "nothing it is given tells its results apart"
  case opaque =
    "no column type stands for a value it is given, and no cached node makes it; let the type conform to CacheKeyed"
  case givenState =
    "a state is given when the pipeline is run; let the class conform to CacheKeyed, or give a State with a version"
}

extension UserFunction {
  /// Whether a cache may be asked for its results under that contract.
  package func isCachable(_ contract: UDFOptions.Contract) -> Bool {
    contract == .pure && isElementwise && special == nil
      && [.row, .batch, .async].contains(kind)
  }
}
