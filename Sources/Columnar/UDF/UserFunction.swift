import ColumnarCore

/// A user-defined function whose Swift types are erased: what plans and executors know of it.
///
/// One reference type, so that an expression that calls it stays small; `===` is its identity.
@usableFromInline
package final class UserFunction: Sendable {
  @usableFromInline
  package enum Kind: String, Sendable {
    /// One call per row.
    case row
    /// One call per batch, on columns.
    case batch
    /// One call per row that waits without holding a thread.
    case async
    /// One call per row, for zero or more rows of the result.
    case expand
    /// Values of many rows folded into a state per group.
    case aggregate
    /// One call per row, in order, with a state that is carried from row to row.
    case scan
  }

  package let name: String
  package let kind: Kind
  /// In the order of the closure's parameters.
  package let parameters: [UDFParameter]
  package let resultType: DataType
  package let options: UDFOptions
  /// What the advisor found for it: a level of its own between the engine's and the built-in.
  package let tuned: UDFOptions
  /// What the optimizer may assume: the function's own word, else that of the engine that the query
  /// runs on.
  package let contract: UDFOptions.Contract
  /// Whether a row's result depends on that row alone, so that a batch may be called in parts.
  package let isElementwise: Bool
  /// Computes one batch.
  package let body: @Sendable (UDFCall) throws -> Column
  /// Of a function of several outputs: computes the closure's results as they are, as values of one
  /// opaque column.
  package let whole: (@Sendable (UDFCall) throws -> Column)?
  /// What runs it where that is more than a column for a batch.
  package let special: SpecialBody?
  /// The columns that one call makes, where they are several: then the result is a struct of them.
  package let outputs: [String]
  /// What is wrong with its declaration, an error wherever it is used.
  package let flaw: ColumnarError?
  /// Where a worker process finds it; nil for a registered function.
  package let origin: Origin?
  /// What a cache knows it as; nil: its results are not kept.
  package let cacheIdentity: CacheIdentity?

  /// The pipeline that a function is a node of.
  package struct Origin: Sendable {
    package let pipeline: String
    /// The names of the node's inputs, in the order of the parameters.
    package let inputs: [String]

    package init(pipeline: String, inputs: [String]) {
      self.pipeline = pipeline
      self.inputs = inputs
    }
  }

  package init(
    name: String, kind: Kind, parameters: [UDFParameter], resultType: DataType,
    options: UDFOptions, isElementwise: Bool = false, special: SpecialBody? = nil,
    outputs: [String] = [], flaw: ColumnarError? = nil, origin: Origin? = nil,
    cacheIdentity: CacheIdentity? = nil, tuned: UDFOptions = UDFOptions(),
    body: @escaping @Sendable (UDFCall) throws -> Column,
    whole: (@Sendable (UDFCall) throws -> Column)? = nil
  ) {
    self.whole = whole
    self.tuned = tuned
    self.special = special
    self.cacheIdentity = cacheIdentity
    self.outputs = outputs
    self.flaw = flaw
    self.origin = origin
    self.name = name
    self.kind = kind
    self.parameters = parameters
    self.resultType = resultType
    self.options = options
    contract = options.contract ?? .pure
    self.isElementwise = isElementwise || kind == .row || kind == .async
    self.body = body
  }

  /// The same function for an engine whose functions have another contract unless they say otherwise.
  package init(_ function: UserFunction, contract: UDFOptions.Contract) {
    special = function.special
    whole = function.whole
    cacheIdentity = function.cacheIdentity
    outputs = function.outputs
    flaw = function.flaw
    name = function.name
    kind = function.kind
    parameters = function.parameters
    resultType = function.resultType
    options = function.options
    tuned = function.tuned
    self.contract = function.options.contract ?? contract
    isElementwise = function.isElementwise
    body = function.body
    origin = function.origin
  }

  /// The same function with other options.
  package init(_ function: UserFunction, options: UDFOptions) {
    name = function.name
    kind = function.kind
    parameters = function.parameters
    resultType = function.resultType
    self.options = options
    tuned = function.tuned
    contract = options.contract ?? function.contract
    special = function.special
    whole = function.whole
    cacheIdentity = function.cacheIdentity
    outputs = function.outputs
    flaw = function.flaw
    isElementwise = function.isElementwise
    body = function.body
    origin = function.origin
  }

  /// The parameters that columns are given for.
  package var dataParameters: [UDFParameter] { parameters.filter { $0.state == nil } }

  /// The rows that calls are made for: those without a null for a parameter that takes none; nil:
  /// all.
  package func callableRows(_ columns: [Column]) -> Bitmap? {
    var rows: Bitmap?
    for (parameter, column) in zip(dataParameters, columns) where !parameter.isNullable {
      rows = Bitmap.both(rows, column.trueValidity)
    }
    return rows
  }

  /// The states it asks for, in the order of the parameters.
  package var states: [StateFactory] { parameters.compactMap(\.state) }
}

/// One parameter of a user's closure.
@usableFromInline
package struct UDFParameter: Sendable {
  /// The Swift type, in messages.
  package let swiftName: String
  /// The type of the column it takes; for an opaque value that of `DataType.opaque`.
  package let type: DataType
  /// Whether it takes nulls, as an optional does.
  package let isNullable: Bool
  /// Whether a cache can tell its values apart.
  package let isKeyed: Bool
  /// Set if it is no column but a state.
  package let state: StateFactory?
  /// Whether the state was given when a pipeline was run, and so is known in this process only.
  package let isGivenForRun: Bool
  /// Whether it was given where the pipeline was made, which worker processes do too.
  package let isBound: Bool

  /// A parameter that takes a column.
  @usableFromInline
  package init<Value>(data type: Value.Type) {
    let value = type as? any ColumnValue.Type
    swiftName = SwiftName.of(type)
    self.type = value?.columnType ?? .opaque(type)
    isNullable = value?._isNullable ?? (type is any ExpressibleByNilLiteral.Type)
    isKeyed = value != nil || CacheKeyedType.isKeyed(type)
    state = nil
    isGivenForRun = false
    isBound = false
  }

  package init(swiftName: String, type: DataType, isNullable: Bool) {
    (self.swiftName, self.type, self.isNullable, state) = (swiftName, type, isNullable, nil)
    isKeyed = !type.containsOpaque
    isGivenForRun = false
    isBound = false
  }

  /// A parameter that takes a state.
  @usableFromInline
  package init(state: StateFactory) { self.init(state: state, isGivenForRun: false) }

  /// A parameter that takes a state, perhaps one that was given when a pipeline was run.
  ///
  /// - Parameter isBound: whether it was given where the pipeline was made.
  package init(state: StateFactory, isGivenForRun: Bool, isBound: Bool = false) {
    self.isGivenForRun = isGivenForRun
    self.isBound = isBound
    swiftName = SwiftName.of(state.valueType)
    type = .null
    isNullable = true
    isKeyed = false
    self.state = state
  }

  /// The argument as this parameter takes it: numbers widen without loss, everything else must be
  /// of the type.
  package func accept(
    _ argument: BoundExpr, position: Int, of function: String
  ) throws -> BoundExpr {
    let given = argument.type
    if given == type || given.kind.matches(type.kind) { return argument }
    if given == .null { return argument.casting(to: type) }
    if given.isNumeric, type.isNumeric, DataType.common(given, type) == type {
      return argument.casting(to: type)
    }
    throw ColumnarError(
      .typeMismatch,
      "Argument \(position + 1) of \"\(function)\" is a column of \(given), but the closure takes "
        + "\(swiftName), which is stored as \(type). Cast the column, or change the closure."
        + NullSpelling.hint(for: given, wanted: type),
      context: [.node(function)])
  }
}
