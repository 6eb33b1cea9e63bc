import Columnar
import ColumnarCore

/// Makes small random frames whose arithmetic is exact, in every shape that data may come in.
///
/// Floating-point values are multiples of a quarter, so that sums are the same in any order; among
/// them are NaN, both zeros and the infinities.
public struct FrameGenerator: Sendable {
  /// How a frame's rows are laid out.
  public enum Shape: String, Sendable, CaseIterable {
    case plain, sliced, allNull, dictionary, constant, empty, oneRow, batches, partitions
  }

  /// The source of chance.
  public var random: SeededGenerator

  /// A generator that makes the same frames for the same seed.
  public init(seed: UInt64) { random = SeededGenerator(seed: seed) }

  /// The columns of all frames: two kinds of integer, numbers, text, truth values, and two narrow
  /// keys.
  public static let fields = [
    Field("i", .int64), Field("j", .int32), Field("f", .float64), Field("s", .string),
    Field("b", .bool), Field("k", .int64), Field("t", .string),
  ]

  /// A frame of up to about `rows` rows in the given shape, or in any.
  public mutating func frame(rows limit: Int = 40, _ shape: Shape? = nil) -> DataFrame {
    let shape = shape ?? random.pick(Shape.allCases)
    let schema = Schema(unchecked: Self.fields)
    let count = random.int(in: 2..<limit)
    switch shape {
    case .empty: return DataFrame(schema: schema, partitions: [])
    case .oneRow: return DataFrame(schema: schema, partitions: [[batch(1, .plain)]])
    case .batches, .partitions:
      var partitions: [[Batch]] = [[]]
      for _ in 0..<random.int(in: 2..<6) {
        if shape == .partitions, random.chance(0.5) { partitions.append([]) }
        let rows = random.int(in: 0..<limit / 2)
        let form = random.pick([Shape.plain, .plain, .sliced, .dictionary, .constant, .allNull])
        partitions[partitions.count - 1].append(batch(rows, form))
      }
      return DataFrame(schema: schema, partitions: partitions)
    default: return DataFrame(schema: schema, partitions: [[batch(count, shape)]])
    }
  }

  private mutating func batch(_ count: Int, _ shape: Shape) -> Batch {
    Batch(
      unchecked: Schema(unchecked: Self.fields),
      columns: Self.fields.map { column($0.name, count, shape) }, count: count)
  }

  private mutating func column(_ name: String, _ count: Int, _ shape: Shape) -> Column {
    let nulls = shape == .allNull ? 1 : random.pick([0, 0, 0.1, 0.5])
    let shape = shape == .allNull ? random.pick([.plain, .constant, .dictionary]) : shape
    switch shape {
    case .constant: return .constant(values(name, 1, nulls), count: count)
    case .dictionary:
      let distinct = distinct(values(name, random.int(in: 1..<12), 0))
      let (before, after) = (random.int(in: 0..<20), random.int(in: 0..<5))
      let total = before + count + after
      let codes = (0..<total).map { _ in Int32(random.int(in: 0..<distinct.count)) }
      let bits = (0..<total).map { _ in !random.chance(nulls) }
      return Column.dictionary(
        codes: Buffer(copying: codes), values: distinct,
        validity: nulls == 0 ? nil : Bitmap(bits), count: total
      ).slice(before..<(before + count))
    case .sliced:
      let before = random.int(in: 1..<70)
      return values(name, before + count + 3, nulls).slice(before..<(before + count))
    default: return values(name, count, nulls)
    }
  }

  private func distinct(_ column: Column) -> Column {
    var seen = Set<Value>()
    let rows = Value.rows(of: column)
    return column.taking(
      RowIndices(rows.indices.filter { seen.insert(rows[$0]).inserted }.map { Int32($0) }))
  }

  /// A plain column.
  private mutating func values(_ name: String, _ count: Int, _ nulls: Double) -> Column {
    func make<T: ColumnValue>(_ one: (inout SeededGenerator) -> T) -> Column {
      let column = T?.column(of: (0..<count).map { _ in random.chance(nulls) ? nil : one(&random) })
      return column
    }
    switch name {
    case "i": return make { $0.chance(0.02) ? Int.max : $0.int(in: -20..<21) }
    case "j": return make { Int32($0.int(in: -9..<10)) }
    case "f":
      return make { random -> Double in
        if random.chance(0.1) { return random.pick([.nan, 0, -0.0, .infinity, -.infinity]) }
        return Double(random.int(in: -40..<41)) / 4
      }
    case "b": return make { $0.chance(0.5) }
    case "k": return make { $0.int(in: 0..<5) }
    case "t": return make { $0.pick(["", "a", "ab", "red", "green", "a long name of a colour"]) }
    default:
      return make { random -> String in
        let letters = Array("abcXYZ 09é")
        return String((0..<random.int(in: 0..<16)).map { _ in random.pick(letters) })
      }
    }
  }
}
