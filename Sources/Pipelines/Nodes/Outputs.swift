import Columnar
import ColumnarCore

/// The handles of a node of two outputs.
@usableFromInline
package func outputNodes<X: Sendable, Y: Sendable>(
  _ x: String, _ y: String, _ parameters: [NodeParameter], _ options: UDFOptions,
  _ body: @escaping @Sendable (UDFCall) throws -> Column
) -> (Node<X>, Node<Y>) {
  let definition = NodeDefinition(
    [.init(x, X.self), .init(y, Y.self)], parameters, options, .closure(.row, body))
  return (Node(x, definition), Node(y, definition))
}

/// The handles of a node of three outputs.
@usableFromInline
package func outputNodes<X: Sendable, Y: Sendable, Z: Sendable>(
  _ x: String, _ y: String, _ z: String, _ parameters: [NodeParameter], _ options: UDFOptions,
  _ body: @escaping @Sendable (UDFCall) throws -> Column
) -> (Node<X>, Node<Y>, Node<Z>) {
  let definition = NodeDefinition(
    [.init(x, X.self), .init(y, Y.self), .init(z, Z.self)], parameters, options,
    .closure(.row, body))
  return (Node(x, definition), Node(y, definition), Node(z, definition))
}

extension UDFCall {
  /// As `rows`, for a closure of two results: a struct column of both, one call per row.
  @inlinable @inline(__always)
  package func pairs<X, Y>(_ body: (Int) throws -> (X, Y)) throws -> Column {
    var xs = ValueWriter<X>(count: count)
    var ys = ValueWriter<Y>(count: count)
    try eachRow {
      let values = try body($0)
      xs.set($0, values.0)
      ys.set($0, values.1)
    } absent: {
      xs.setNull($0)
      ys.setNull($0)
    }
    return structure([xs.finish(validity: resultValidity), ys.finish(validity: resultValidity)])
  }

  /// As `rows`, for a closure of three results.
  @inlinable @inline(__always)
  package func triples<X, Y, Z>(_ body: (Int) throws -> (X, Y, Z)) throws -> Column {
    var xs = ValueWriter<X>(count: count)
    var ys = ValueWriter<Y>(count: count)
    var zs = ValueWriter<Z>(count: count)
    try eachRow {
      let values = try body($0)
      xs.set($0, values.0)
      ys.set($0, values.1)
      zs.set($0, values.2)
    } absent: {
      xs.setNull($0)
      ys.setNull($0)
      zs.setNull($0)
    }
    return structure([
      xs.finish(validity: resultValidity), ys.finish(validity: resultValidity),
      zs.finish(validity: resultValidity),
    ])
  }

  /// Calls `present` for every row whose arguments are there and `absent` for the others, in order,
  /// with the errors and the looks for cancellation of `rows`.
  @inlinable @inline(__always)
  func eachRow(present: (Int) throws -> Void, absent: (Int) -> Void) throws {
    var row = 0
    var pace = CheckpointPace()
    while row < count {
      do {
        let end = try pace.next(after: row, of: count, cancellation)
        while row < end {
          if validity?.isSet(row) ?? true { try timed(row, present) } else { absent(row) }
          row &+= 1
        }
      } catch {
        if try callsAgain(row, after: error) { continue }
        absent(row)
        row &+= 1
      }
    }
  }

  /// A struct column of the outputs; a row without a call is null in each of them.
  @usableFromInline
  func structure(_ children: [Column]) -> Column {
    Column(fields: function.resultType.fields ?? [], children: children, count: count)
  }
}

extension ScalarFunction {
  /// One output of a node that has several: a field of its struct column, at constant cost.
  package static func output(_ position: Int) -> ScalarFunction {
    ScalarFunction("output") { types in
      guard let fields = types.first?.fields, position < fields.count else {
        throw ColumnarError(.internal, "output \(position) of \(types) was asked for.")
      }
      return fields[position].type
    } evaluate: {
      $0[0].structChildren[position]
    }
  }
}
