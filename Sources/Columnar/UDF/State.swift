/// A class whose instances the engine makes itself, one per worker, when a function asks for one.
public protocol Stateful: AnyObject, SendableMetatype {
  /// Makes an instance; an error here fails the query and names the node.
  init() throws
  /// Called once when the query ends, also after an error or cancellation.
  func finish()
}

extension Stateful {
  public func finish() {}
}

/// An expensive object that functions use and that is made once per worker, or once for all: a
/// model, a tokenizer, a connection.
///
/// The value of a `perWorker` state need not be `Sendable`: one call uses it at a time, though it
/// may move between threads. A `shared` one is used by several calls at once and must be.
public struct State<Value>: Sendable {
  /// How many instances there are.
  public enum Scope: String, Sendable, Hashable {
    /// At most one per call in flight.
    case perWorker
    /// Exactly one.
    case shared
  }

  /// The name, in messages and plans.
  public let name: String
  @usableFromInline package let factory: StateFactory

  /// A state of which every worker makes its own when it first needs one; `finish` is called on
  /// each when the query ends, also after an error.
  public init(
    _ name: String = "\(Value.self)", make: @escaping @Sendable () throws -> Value,
    finish: (@Sendable (Value) -> Void)? = nil
  ) {
    self.init(name, .perWorker, make, finish)
  }

  /// A state that all workers share; made once, when first needed.
  public static func shared(
    _ name: String = "\(Value.self)", make: @escaping @Sendable () throws -> Value,
    finish: (@Sendable (Value) -> Void)? = nil
  ) -> State where Value: Sendable {
    State(name, .shared, make, finish)
  }

  /// The same state with a declared version, which is a part of the keys of cached results that it
  /// has a share in: change it with whatever the state is made of, such as a model's weights.
  ///
  /// It is a state of its own: functions share its instances only if they are given this one.
  public func version(_ version: String) -> State {
    State(
      name: name,
      factory: StateFactory(
        name: name, isShared: factory.isShared, valueType: factory.valueType, version: version,
        make: factory.make, finish: factory.finish))
  }

  private init(name: String, factory: StateFactory) {
    self.name = name
    self.factory = factory
  }

  package init(
    _ name: String, _ scope: Scope, _ make: @escaping @Sendable () throws -> Value,
    _ finish: (@Sendable (Value) -> Void)?
  ) {
    self.name = name
    factory = StateFactory(
      name: name, isShared: scope == .shared, valueType: Value.self, make: make,
      finish: { if let finish, let value = $0 as? Value { finish(value) } })
  }
}

extension State where Value: Stateful {
  /// A state of a `Stateful` class, made by its `init()`.
  public init(of type: Value.Type = Value.self) {
    self.init("\(Value.self)", .perWorker, { try Value() }, { $0.finish() })
  }
}

/// A `State` whose type is erased; its identity is what functions share instances by.
@usableFromInline
package final class StateFactory: Sendable {
  package let name: String
  package let isShared: Bool
  package let valueType: Any.Type
  /// What a cache tells it from others of its name and type by.
  package let version: String?
  package let make: @Sendable () throws -> Any
  package let finish: @Sendable (Any) -> Void

  package init(
    name: String, isShared: Bool, valueType: Any.Type, version: String? = nil,
    make: @escaping @Sendable () throws -> Any,
    finish: @escaping @Sendable (Any) -> Void
  ) {
    self.version = version
    self.name = name
    self.isShared = isShared
    self.valueType = valueType
    self.make = make
    self.finish = finish
  }
}
