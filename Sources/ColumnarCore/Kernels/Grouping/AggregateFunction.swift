/// The built-in aggregates of a group-by, a window or a whole frame.
///
/// | function | nulls | of nothing |
/// |---|---|---|
/// | `rowCount` | counted | 0 |
/// | `count`, `uniqueCount` | skipped | 0 |
/// | `sum` | skipped | 0 |
/// | `mean`, `min`, `max`, `std`, `variance` | skipped | null |
/// | `first`, `last` | taken as they come, by row number | null |
package enum AggregateFunction: Sendable, Hashable, Codable {
  case rowCount, count, sum, mean, min, max, first, last, nUnique
  /// The standard deviation, dividing by the count less `ddof`; null for too few values.
  case std(ddof: Int)
  /// The square of `std`.
  case variance(ddof: Int)

  /// The name as users write it.
  package var name: String {
    switch self {
    case .rowCount: "rowCount"
    case .count: "count"
    case .sum: "sum"
    case .mean: "mean"
    case .min: "min"
    case .max: "max"
    case .first: "first"
    case .last: "last"
    case .nUnique: "uniqueCount"
    case .std: "std"
    case .variance: "variance"
    }
  }

  /// The type of the result; a type that the function is not defined for is an error, and so is a
  /// negative `ddof`.
  package func resultType(for input: DataType) throws -> DataType {
    switch self {
    case .rowCount, .count: return .int64
    case .nUnique:
      guard input.isHashable else { throw undefined(for: input) }
      return .int64
    case .first, .last: return input
    case .sum: return try sumType(for: input)
    case .mean:
      if case .duration = input.kind { return input }
      guard input.isNumeric || input.kind == .bool || input.kind == .null else {
        throw undefined(for: input)
      }
      return .float64
    case .std(let ddof), .variance(let ddof):
      guard ddof >= 0 else { throw negative(ddof) }
      guard input.isNumeric || input.kind == .bool || input.kind == .null else {
        throw undefined(for: input)
      }
      return .float64
    case .min, .max:
      switch input.physical {
      case .list, .fixedSizeList, .structure, .opaque: throw undefined(for: input)
      default: return input
      }
    }
  }

  private func sumType(for input: DataType) throws -> DataType {
    switch input.kind {
    case .bool, .int8, .int16, .int32, .int64, .null: return .int64
    case .uint8, .uint16, .uint32, .uint64: return .uint64
    case .float32, .float64: return .float64
    case .duration: return input
    case .decimal128(_, let scale): return .decimal128(DecimalMath.maxPrecision, scale: scale)
    default: throw undefined(for: input)
    }
  }

  private func negative(_ ddof: Int) -> ColumnarError {
    ColumnarError(
      .invalidPlan,
      "\(name) with ddof \(ddof): the degrees of freedom taken off the count cannot be negative. "
        + "Pass 1 for a sample, 0 for a whole population.")
  }

  private func undefined(for input: DataType) -> ColumnarError {
    let hint =
      switch self {
      case .sum, .mean, .std, .variance:
        "Cast the column to a number first." + NullSpelling.hint(for: input, wanted: .float64)
      case .nUnique: "Opaque values cannot be compared; map them to a value that can."
      default: "Use first or last, or aggregate a field of it."
      }
    return ColumnarError(.typeMismatch, "\(name) is not defined for \(input). \(hint)")
  }

  /// An accumulator without groups for inputs of that type; errors as `resultType`.
  package func makeAccumulator(for input: DataType) throws -> any GroupAccumulator {
    let result = try resultType(for: input)
    switch self {
    case .rowCount: return CountAccumulator(countsNulls: true)
    case .count: return CountAccumulator(countsNulls: false)
    case .nUnique: return UniqueAccumulator(type: input)
    case .first: return PositionalAccumulator(type: input, last: false)
    case .last: return PositionalAccumulator(type: input, last: true)
    case .sum: return sumAccumulator(for: input, result)
    case .mean where input.isDecimal: return DecimalSumAccumulator(input: input, isMean: true)
    case .mean: return MeanAccumulator(input: input, result: result)
    case .std(let ddof): return VarianceAccumulator(ddof: ddof, root: true)
    case .variance(let ddof): return VarianceAccumulator(ddof: ddof, root: false)
    case .min: return extremumAccumulator(for: input, Least.self)
    case .max: return extremumAccumulator(for: input, Greatest.self)
    }
  }

  private func sumAccumulator(for input: DataType, _ result: DataType) -> any GroupAccumulator {
    switch input.physical {
    case .int64, .uint64: WideSumAccumulator(result: result)
    case .float32, .float64: FloatSumAccumulator()
    case .int128: DecimalSumAccumulator(input: input, isMean: false)
    default: NarrowSumAccumulator(result: result)
    }
  }

  @inline(__always)
  private func extremumAccumulator<E: Extremum>(
    for input: DataType, _ which: E.Type
  ) -> any GroupAccumulator {
    switch input.physical {
    case .int8: ExtremumAccumulator(input, Int8.self, which)
    case .int16: ExtremumAccumulator(input, Int16.self, which)
    case .int32: ExtremumAccumulator(input, Int32.self, which)
    case .int64: ExtremumAccumulator(input, Int64.self, which)
    case .uint16: ExtremumAccumulator(input, UInt16.self, which)
    case .uint32: ExtremumAccumulator(input, UInt32.self, which)
    case .uint64: ExtremumAccumulator(input, UInt64.self, which)
    case .int128: ExtremumAccumulator(input, Int128.self, which)
    case .float32: ExtremumAccumulator(input, Float.self, which)
    case .float64: ExtremumAccumulator(input, Double.self, which)
    case .bytes: BytesExtremumAccumulator(type: input, which)
    default: ExtremumAccumulator(input, UInt8.self, which)
    }
  }
}
