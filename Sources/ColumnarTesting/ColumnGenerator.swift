import ColumnarCore

/// Makes random columns of any type, rich in what goes wrong: nulls over random memory, extremes,
/// NaN, both zeros, long and foreign text, windows that start anywhere, constants and dictionaries.
///
/// ```swift
/// var generator = ColumnGenerator(seed: 42)
/// let column = generator.column(.list(.string), count: 100)
/// ```
public struct ColumnGenerator: Sendable {
  /// How the rows of a generated column are written down.
  public enum Form: Sendable, CaseIterable, Hashable {
    /// One value per row, from the start of the memory.
    case plain
    /// A window somewhere inside a longer column.
    case sliced
    /// One value for all rows.
    case constant
    /// Codes into unique values, as a window inside a longer column.
    case dictionary
  }

  /// The source of chance; its seed reproduces every column.
  public var random: SeededGenerator
  /// The share of special values such as extremes and NaN.
  public var specials = 0.25
  /// Whether numbers are kept small, so that sums and products do not overflow.
  public var onlySmallNumbers = false

  /// A generator that makes the same columns for the same seed.
  public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// The seed to print when a test fails.
  public var seed: UInt64 { random.seed }

  /// The types that columns are usually tested over: all but opaque, with lists and structs of
  /// some.
  public static let allTypes: [DataType] =
    flatTypes + [
      .list(.int32), .list(.string), .list(.list(.int8)), .fixedSizeList(.float32, count: 3),
      .structure([Field("a", .int64), Field("b", .string)]),
      .structure([Field("x", .list(.int16)), Field("y", .bool)]),
    ]

  /// All types that are neither nested nor opaque.
  public static let flatTypes: [DataType] =
    [.null, .bool] + numericTypes + [
      .string, .binary, .date, .timestamp(.microsecond), .timestamp(.second, zone: "UTC"),
      .duration(.millisecond), .decimal128(9, scale: 2), .decimal128(38, scale: 20),
    ]

  /// Integers and floating point.
  public static let numericTypes: [DataType] = [
    .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .float32, .float64,
  ]

  /// A column of `count` rows in a form chosen at random, or the one given; `nulls` is their share,
  /// random if nil.
  public mutating func column(
    _ type: DataType, count: Int, nulls: Double? = nil, form: Form? = nil
  ) -> Column {
    let share = nulls ?? random.pick([0, 0, 0.1, 0.5, 1])
    switch form ?? random.pick(Form.allCases) {
    case .plain: return plain(type, count, share)
    case .sliced:
      let (before, after) = (random.int(in: 0..<131), random.int(in: 0..<20))
      return plain(type, before + count + after, share).slice(before..<(before + count))
    case .constant: return .constant(plain(type, 1, share), count: count)
    case .dictionary:
      if type == .null { return plain(type, count, share) }
      return dictionary(type, count, share)
    }
  }

  /// A row count: often one of those at which words and batches end.
  public mutating func rowCount(upTo limit: Int = 300) -> Int {
    min(limit, random.pick([0, 1, 2, 63, 64, 65, 127, 128, 129, random.int(in: 0..<limit + 1)]))
  }

  private mutating func dictionary(_ type: DataType, _ count: Int, _ nulls: Double) -> Column {
    let (before, after) = (random.int(in: 0..<70), random.int(in: 0..<20))
    let total = before + count + after
    var values = plain(type, random.int(in: 1..<40), 0)
    var seen = Set<Value>()
    let rows = Value.rows(of: values)
    let unique = rows.indices.filter { !rows[$0].isNull && seen.insert(rows[$0]).inserted }
    values = values.taking(RowIndices(unique.map { Int32($0) }))
    let codes = (0..<total).map { _ in Int32(random.int(in: 0..<unique.count)) }
    return Column.dictionary(
      codes: Buffer(copying: codes), values: values, validity: validity(total, nulls), count: total
    ).slice(before..<(before + count))
  }

  /// Validity whose bits start anywhere in a byte; nil without nulls, or now and then with all bits
  /// set.
  mutating func validity(_ count: Int, _ nulls: Double) -> Bitmap? {
    if nulls == 0, random.chance(0.7) { return nil }
    let shift = random.int(in: 0..<10)
    let bits = (0..<(count + shift)).map { _ in !random.chance(nulls) }
    return Bitmap(bits).slice(shift..<(count + shift))
  }
}
