import Dispatch

@testable import ColumnarCore

/// One value as the relational kernels see it: NaN equal to itself, one zero, strings as bytes.
enum Cell: Hashable {
  case null
  case int(Int64)
  case uint(UInt64)
  case double(UInt64)
  case decimal(Int128)
  case bytes([UInt8])
  case list([Cell])

  static func number(_ value: Double) -> Cell {
    if value.isNaN { return .double(Double.nan.bitPattern) }
    return .double((value == 0 ? 0.0 : value).bitPattern)
  }

  /// The order of values that are not null.
  static func precedes(_ a: Cell, _ b: Cell) -> Bool {
    switch (a, b) {
    case (.int(let x), .int(let y)): return x < y
    case (.uint(let x), .uint(let y)): return x < y
    case (.double(let x), .double(let y)):
      let (p, q) = (Double(bitPattern: x), Double(bitPattern: y))
      if p.isNaN { return false }
      return q.isNaN || p < q
    case (.decimal(let x), .decimal(let y)): return x < y
    case (.bytes(let x), .bytes(let y)): return x.lexicographicallyPrecedes(y)
    case (.list(let x), .list(let y)):
      for (p, q) in zip(x, y) where p != q {
        if p == .null { return false }
        return q == .null || precedes(p, q)
      }
      return x.count < y.count
    default: return false
    }
  }
}

/// The values of a column, read the slow way.
func cells(_ column: Column) -> [Cell] {
  (0..<column.count).map { cell(column, $0) }
}

private func cell(_ column: Column, _ row: Int) -> Cell {
  if column.isNull(row) { return .null }
  let one = column.slice(row..<(row + 1)).decoded()
  switch one.type.physical {
  case .null, .opaque: return .null
  case .bool: return .int(one.bits[0] ? 1 : 0)
  case .int8: return .int(Int64(PrimitiveView<Int8>(one)[0]))
  case .int16: return .int(Int64(PrimitiveView<Int16>(one)[0]))
  case .int32: return .int(Int64(PrimitiveView<Int32>(one)[0]))
  case .int64: return .int(PrimitiveView<Int64>(one)[0])
  case .uint8: return .uint(UInt64(PrimitiveView<UInt8>(one)[0]))
  case .uint16: return .uint(UInt64(PrimitiveView<UInt16>(one)[0]))
  case .uint32: return .uint(UInt64(PrimitiveView<UInt32>(one)[0]))
  case .uint64: return .uint(PrimitiveView<UInt64>(one)[0])
  case .float32: return .number(Double(PrimitiveView<Float>(one)[0]))
  case .float64: return .number(PrimitiveView<Double>(one)[0])
  case .int128: return .decimal(PrimitiveView<Int128>(one)[0])
  case .bytes: return .bytes(Array(BytesView(one).bytes(0)))
  case .list, .fixedSizeList: return .list(cells(ListView(one)[0]))
  case .structure: return .list(one.structChildren.map { cell($0, 0) })
  }
}

/// Rows of several columns.
func rows(_ columns: [Column]) -> [[Cell]] {
  let all = columns.map(cells)
  return (0..<(columns.first?.count ?? 0)).map { row in all.map { $0[row] } }
}

/// A small generator with a seed to print.
struct Random: RandomNumberGenerator {
  var state: UInt64
  init(_ seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }
}

/// How the values of a random column are spread.
enum Spread: CaseIterable, Sendable { case few, many, sequential, powers, wide }

func numbers(_ count: Int, _ spread: Spread, _ random: inout Random) -> [Int64] {
  (0..<count).map { row in
    switch spread {
    case .few: Int64(random.below(7)) - 3
    case .many: Int64(random.below(max(4, count / 3)))
    case .sequential: Int64(row)
    case .powers: Int64(random.below(64)) << 40
    case .wide: Int64(bitPattern: random.next())
    }
  }
}

func valid(_ count: Int, _ random: inout Random) -> Bitmap? {
  switch random.below(3) {
  case 0: return nil
  case 1: return Bitmap((0..<count).map { _ in random.below(8) != 0 })
  default: return Bitmap((0..<count).map { $0 % 97 != 5 })
  }
}

let keyTypes: [DataType] = [
  .bool, .int8, .int16, .int32, .int64, .uint8, .uint16, .uint32, .uint64, .float32, .float64,
  .string, .binary, .date, .timestamp(), .null,
]

/// A plain column of random values, ±0, NaN and nulls among them.
func plainColumn(
  _ type: DataType, _ count: Int, _ spread: Spread, _ random: inout Random
) -> Column {
  let values = numbers(count, spread, &random)
  let validity = valid(count, &random)
  func fixed<T: BitwiseCopyable>(_ convert: (Int64) -> T) -> Column {
    Column(
      type: type, values: Buffer(copying: values.map(convert)), validity: validity, count: count)
  }
  switch type.physical {
  case .null: return .nulls(count)
  case .bool: return Column(bits: Bitmap(values.map { $0 & 1 == 0 }), validity: validity)
  case .int8: return fixed { Int8(truncatingIfNeeded: $0) }
  case .int16: return fixed { Int16(truncatingIfNeeded: $0) }
  case .int32: return fixed { Int32(truncatingIfNeeded: $0) }
  case .int64: return fixed { $0 }
  case .uint8: return fixed { UInt8(truncatingIfNeeded: unsigned($0, spread)) }
  case .uint16: return fixed { UInt16(truncatingIfNeeded: unsigned($0, spread)) }
  case .uint32: return fixed { UInt32(truncatingIfNeeded: unsigned($0, spread)) }
  case .uint64: return fixed { UInt64(truncatingIfNeeded: unsigned($0, spread)) }
  case .float32: return fixed { Float(double($0, spread)) }
  case .float64: return fixed { double($0, spread) }
  case .bytes:
    var builder = BytesBuilder()
    for (row, value) in values.enumerated() {
      if validity?.isSet(row) ?? true { builder.append(text(value)) } else { builder.appendNull() }
    }
    return builder.finish(as: type)
  default: preconditionFailure("no random values of \(type)")
  }
}

/// Small values stay small where there is no sign.
private func unsigned(_ value: Int64, _ spread: Spread) -> UInt64 {
  spread == .wide ? UInt64(bitPattern: value) : value.magnitude
}

private func double(_ value: Int64, _ spread: Spread) -> Double {
  switch value & 15 {
  case 3 where spread != .wide: return .nan
  case 4 where spread != .wide: return -0.0
  case 5 where spread != .wide: return -.nan
  case 6 where spread != .wide: return 0.0
  case 7 where spread != .wide: return -.infinity
  default:
    return spread == .wide ? Double(bitPattern: UInt64(bitPattern: value)) : Double(value) * 0.5
  }
}

/// Short and long texts, with common prefixes, embedded zeros and the empty one.
private func text(_ value: Int64) -> String {
  switch value & 7 {
  case 0: return value == 0 ? "" : "\(value)"
  case 1: return "key\(value)\0"
  case 2: return "key\(value)"
  case 3: return "a common prefix of some length \(value)"
  case 4: return "a common prefix of some length \(value), and more after it"
  case 5: return String(repeating: "\0", count: Int(value & 31))
  case 6: return "ünïcödé\(value & 255)"
  default: return String(repeating: "x", count: Int(value & 63))
  }
}

/// A random column in a random encoding, perhaps sliced.
func randomColumn(
  _ type: DataType, _ count: Int, _ spread: Spread, _ random: inout Random
) -> Column {
  switch random.below(6) {
  case 0, 1: return plainColumn(type, count, spread, &random)
  case 2, 3:
    let before = random.below(70)
    let longer = plainColumn(type, count + before + 3, spread, &random)
    return longer.slice(before..<(before + count))
  case 4:
    let one = plainColumn(type, 1, spread, &random)
    return .constant(one, count: count)
  default:
    guard type != .null else { return .nulls(count) }
    // A dictionary has unique values and no nulls.
    let candidates = plainColumn(type, 40, spread, &random)
    var seen = Set<Cell>([.null])
    let kept = cells(candidates).enumerated().filter { seen.insert($0.element).inserted }
    guard !kept.isEmpty else { return .nulls(of: type, count: count) }
    let values = candidates.taking(RowIndices(kept.map { Int32($0.offset) })).withValidity(nil)
    let codes = (0..<count).map { _ in Int32(random.below(values.count)) }
    return .dictionary(
      codes: Buffer(copying: codes), values: values, validity: valid(count, &random), count: count)
  }
}

/// Threads for the kernels.
let twoThreads = Parallel(width: 2) { tasks, body in
  DispatchQueue.concurrentPerform(iterations: tasks, execute: body)
}

/// A column of lists of integers, or a struct of an integer and a text.
func nestedColumn(_ count: Int, asList: Bool, _ random: inout Random) -> Column {
  let validity = valid(count, &random)
  if asList {
    var offsets: [Int64] = [0]
    for _ in 0..<count { offsets.append((offsets.last ?? 0) + Int64(random.below(3))) }
    let elements = plainColumn(.int32, Int(offsets.last ?? 0), .few, &random)
    return Column(
      listOf: elements, offsets: Buffer(copying: offsets), validity: validity, count: count)
  }
  return Column(
    fields: [Field("a", .int16), Field("b", .string)],
    children: [
      plainColumn(.int16, count, .few, &random), plainColumn(.string, count, .few, &random),
    ], validity: validity, count: count)
}
