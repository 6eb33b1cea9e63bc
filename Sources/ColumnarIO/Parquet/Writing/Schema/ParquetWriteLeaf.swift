import ColumnarCore

/// A column of values in a file that is written: ours, or one inside it.
struct ParquetWriteLeaf: Sendable {
  /// The names from the root down, with those of the groups that lists are made of.
  let path: [String]
  let type: DataType
  let stored: ParquetStoredType
  /// The definition level of a value.
  let definition: Int
  /// The number of lists around it.
  let repetition: Int

  /// The path as people write it.
  var name: String { path.joined(separator: ".") }
}

/// How values of one of our types lie in a Parquet file.
struct ParquetStoredType: Sendable, Equatable {
  /// What is done with our values.
  enum Conversion: Sendable, Equatable {
    case none
    /// Narrow integers become 32-bit ones, with their sign or without.
    case widen
    /// Seconds become milliseconds.
    case seconds
    /// Decimals become 32-bit or 64-bit integers, or bytes from the highest down.
    case decimal
    /// Nothing but nulls.
    case null
  }

  let physical: ParquetPhysical
  let logical: ParquetLogical
  var conversion = Conversion.none
  /// Whether values compare as unsigned numbers.
  var isUnsigned = false

  /// How values of a type that is not nested lie; nil for one that files have no place for.
  init?(_ type: DataType) {
    switch type.kind {
    case .null: self.init(.int32, .null, .null)
    case .bool: self.init(.boolean, .none)
    case .int8: self.init(.int32, .integer(bits: 8, isSigned: true), .widen)
    case .int16: self.init(.int32, .integer(bits: 16, isSigned: true), .widen)
    case .int32: self.init(.int32, .none)
    case .int64: self.init(.int64, .none)
    case .uint8: self.init(.int32, .integer(bits: 8, isSigned: false), .widen)
    case .uint16: self.init(.int32, .integer(bits: 16, isSigned: false), .widen)
    case .uint32: self.init(.int32, .integer(bits: 32, isSigned: false))
    case .uint64: self.init(.int64, .integer(bits: 64, isSigned: false))
    case .float32: self.init(.float, .none)
    case .float64: self.init(.double, .none)
    case .string: self.init(.byteArray, .string)
    case .binary: self.init(.byteArray, .none)
    case .date: self.init(.int32, .date)
    case .timestamp(let unit, let zone):
      self.init(
        .int64, .timestamp(unit.stored, isUTC: zone != nil), unit == .second ? .seconds : .none)
    // There is no type for lengths of time: the Arrow schema says what they are.
    case .duration: self.init(.int64, .none)
    case .decimal128(let precision, let scale):
      self.init(
        precision <= 9 ? .int32 : precision <= 18 ? .int64 : .byteArray,
        .decimal(precision: precision, scale: scale), .decimal)
    default: return nil
    }
    isUnsigned = type.isUnsignedInteger
  }

  private init(
    _ physical: ParquetPhysical, _ logical: ParquetLogical, _ conversion: Conversion = .none
  ) {
    self.physical = physical
    self.logical = logical
    self.conversion = conversion
  }

  /// Bytes of a value; nil where they are bits or of any length.
  var width: Int? {
    switch physical {
    case .int32, .float: 4
    case .int64, .double: 8
    default: nil
    }
  }

  /// Whether values are binary floating point.
  var isFloat: Bool { physical == .float || physical == .double }
}

extension TimeUnit {
  fileprivate var stored: ParquetLogical.Unit {
    switch self {
    case .second, .millisecond: .milliseconds
    case .microsecond: .microseconds
    case .nanosecond: .nanoseconds
    }
  }
}
