import ColumnarCore

/// Registers Swift closures as functions of columns.
///
/// A row function is called once per row on Swift values; a null for a parameter that is not
/// optional gives a null result without a call. A batch function is called once per batch on
/// `ColumnView`s and returns as many values; declared `elementwise`, each value depends on its own
/// row alone, so that a batch that fails may be called again in parts. An async function is called
/// once per row and waits without holding a thread. `expand` makes rows of rows, `aggregate` one
/// value of a group's rows, `scan` carries a state from row to row. Closures written as literals
/// are specialised: over numbers they cost what the loop in C costs.
///
/// ```swift
/// let norm = UDF.row("norm") { (v: Double, mean: Double, std: Double) in (v - mean) / std }
/// frame.with(norm("distance", 25_000.0, 1_000.0).as("z"))
/// ```
public enum UDF {
  @usableFromInline
  package static func function(
    _ name: String, _ kind: UserFunction.Kind, _ parameters: [UDFParameter], _ result: DataType,
    _ options: UDFOptions, _ body: @escaping @Sendable (UDFCall) throws -> Column,
    isElementwise: Bool = false
  ) -> UserFunction {
    UserFunction(
      name: name, kind: kind, parameters: parameters, resultType: result, options: options,
      isElementwise: isElementwise, body: body)
  }
}

/// Erases typed closures, once per batch and not per row.
@usableFromInline
package enum UDFBody {}

extension UDFCall {
  /// The column of parameter `position` as a collection.
  @usableFromInline
  package func view<Value>(_ position: Int) throws -> ColumnView<Value> {
    let column = columns[function.parameters[..<position].count { $0.state == nil }]
    do { return try ColumnView(column) } catch let error as ColumnarError {
      throw error.at(.node(function.name))
    }
  }

  /// The state of parameter `position`.
  @usableFromInline
  package func state<Value>(_ position: Int) throws -> Value {
    try reader(position, as: Value.self).value(0)
  }

  /// Runs a batch closure; its error is given the function's name, the batch's rows and a preview of
  /// the first.
  @inlinable
  package func guarded<Values>(_ body: () throws -> Values) throws -> Values {
    do { return try body() } catch { throw batchFailure(error) }
  }

  @usableFromInline
  package func batchFailure(_ error: any Error) -> ColumnarError {
    if let known = error as? ColumnarError,
      known.context.contains(.node(function.name)) || known.code == .cancelled
    {
      return known
    }
    return count > 0 ? failure(ofBatch: error) : ColumnarError.wrapping(error, as: .udf)
  }
}
