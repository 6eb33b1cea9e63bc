import Columnar
import ColumnarCore

/// A value from outside the pipeline: mapped over, constant, or a column of a frame, as each run
/// binds it.
public struct Input<Value: Sendable>: Port {
  public typealias BatchValue = ColumnView<Value>

  public let name: String
  private let defaultValue: Column?

  /// An input that every run must give.
  public init(_ name: String) {
    self.name = name
    defaultValue = nil
  }

  /// An input that is `value` where a run gives nothing.
  public init(_ name: String, default value: Value) {
    self.name = name
    defaultValue = Column.holding(CollectionOfOne(value))
  }

  public var _wire: _PortWire {
    _PortWire(parameter: NodeParameter(name, .input(default: defaultValue), as: Value.self))
  }
}

extension Input {
  /// Maps over the values: one item per value.
  @inlinable
  public func each(_ values: [Value]) -> Binding { Binding(mapping: name, .holding(values)) }

  /// Maps over the values of any sequence.
  @inlinable
  public func each(elementsOf values: some Sequence<Value>) -> Binding {
    Binding(mapping: name, .holding(Array(values)))
  }

  /// Maps over the values of a range.
  public func each(_ range: Range<Value>) -> Binding
  where Value: Strideable, Value.Stride: SignedInteger {
    Binding(mapping: name, .holding(range))
  }

  /// Maps over the values of a range.
  public func each(_ range: ClosedRange<Value>) -> Binding
  where Value: Strideable, Value.Stride: SignedInteger {
    Binding(mapping: name, .holding(range))
  }

  /// Maps over a column, without copying it.
  public func each(column: ColumnView<Value>) -> Binding { Binding(mapping: name, column.column) }

  /// Maps over a frame's column: the one of that name, or of the input's own.
  public func each(in frame: DataFrame, _ column: String? = nil) -> Binding {
    do {
      return Binding(mapping: name, try frame.column(column ?? name))
    } catch {
      return Binding(failed: name, ColumnarError.wrapping(error, as: .columnNotFound))
    }
  }

  /// The same value for every item.
  ///
  /// An object that no column type stands for is a state shared by
  /// all calls.
  public func always(_ value: Value) -> Binding {
    Binding(name: name, content: .constant(.holding(CollectionOfOne(value)), value: value))
  }
}

extension Column {
  /// The values as a column: of their type's own layout, or opaque where no column type stands for
  /// them.
  @inlinable
  package static func holding<Values: Collection>(_ values: Values) -> Column {
    var writer = ValueWriter<Values.Element>(count: values.count)
    var row = 0
    for value in values {
      writer.set(row, value)
      row &+= 1
    }
    return writer.finish(validity: nil)
  }
}
