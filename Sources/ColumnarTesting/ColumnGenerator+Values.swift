import ColumnarCore

extension ColumnGenerator {
  /// A plain column; under its nulls stands whatever came by chance.
  mutating func plain(_ type: DataType, _ count: Int, _ nulls: Double) -> Column {
    let validity = type == .null ? nil : validity(count, nulls)
    switch type.physical {
    case .null: return .nulls(count)
    case .bool:
      let bits = (0..<count).map { _ in random.chance(0.5) }
      return Column(bits: Bitmap(bits), validity: validity)
    case .int8: return integers(type, Int8.self, count, validity)
    case .int16: return integers(type, Int16.self, count, validity)
    case .int32: return integers(type, Int32.self, count, validity)
    case .int64: return integers(type, Int64.self, count, validity)
    case .uint8: return integers(type, UInt8.self, count, validity)
    case .uint16: return integers(type, UInt16.self, count, validity)
    case .uint32: return integers(type, UInt32.self, count, validity)
    case .uint64: return integers(type, UInt64.self, count, validity)
    case .float32: return floats(type, Float.self, count, validity)
    case .float64: return floats(type, Double.self, count, validity)
    case .int128: return decimals(type, count, validity)
    case .bytes: return bytes(type, count, validity)
    case .list, .fixedSizeList: return lists(type, count, nulls, validity)
    case .structure:
      let fields = type.fields ?? []
      let children = fields.map { column($0.type, count: count, nulls: nulls) }
      return Column(fields: fields, children: children, validity: validity, count: count)
    case .opaque: return .nulls(of: type, count: count)
    }
  }

  private mutating func integers<T: FixedWidthInteger & BitwiseCopyable>(
    _ type: DataType, _: T.Type, _ count: Int, _ validity: Bitmap?
  ) -> Column {
    let values = (0..<count).map { _ -> T in
      if !onlySmallNumbers, random.chance(specials) {
        return random.pick([T.min, .max, 0, 1, T.max - 1, T.min + 1, 0 &- 1, T.max / 2])
      }
      let wide = onlySmallNumbers || random.chance(0.5)
      let number = wide ? Int64(random.int(in: -9..<10)) : Int64(bitPattern: random.next())
      return T.isSigned || !onlySmallNumbers
        ? T(truncatingIfNeeded: number) : T(truncatingIfNeeded: number.magnitude)
    }
    return Column(type: type, values: Buffer(copying: values), validity: validity, count: count)
  }

  /// Decimals within the type's digits: few and many of them, and the ends.
  private mutating func decimals(_ type: DataType, _ count: Int, _ validity: Bitmap?) -> Column {
    let limit = DecimalMath.power(type.decimalDigits?.precision ?? 1)
    let values = (0..<count).map { _ -> Int128 in
      if !onlySmallNumbers, random.chance(specials) {
        return random.pick([0, 1, -1, limit - 1, 1 - limit, 5, -5, limit / 2, limit / 10])
      }
      if onlySmallNumbers || random.chance(0.5) { return Int128(random.int(in: -9..<10)) % limit }
      let wide = Int128(Int64(bitPattern: random.next())) << 64 | Int128(random.next())
      return wide % DecimalMath.power(random.int(in: 1..<(type.decimalDigits?.precision ?? 1) + 1))
    }
    return Column(type: type, values: Buffer(copying: values), validity: validity, count: count)
  }

  private mutating func floats<T: BinaryFloatingPoint & BitwiseCopyable>(
    _ type: DataType, _: T.Type, _ count: Int, _ validity: Bitmap?
  ) -> Column {
    let values = (0..<count).map { _ -> T in
      if random.chance(specials) {
        return random.pick([
          .nan, -.nan, 0, -0.0, .infinity, -.infinity, .greatestFiniteMagnitude,
          -.greatestFiniteMagnitude, .leastNonzeroMagnitude, 0.5, -0.5, 2.5, T(Int32.max),
          T(Int64.min), T(UInt64.max),
        ])
      }
      if random.chance(0.5) { return T(random.int(in: -9..<10)) }
      return T(Double.random(in: -1000..<1000, using: &random))
    }
    return Column(type: type, values: Buffer(copying: values), validity: validity, count: count)
  }

  private mutating func bytes(_ type: DataType, _ count: Int, _ validity: Bitmap?) -> Column {
    // Two builders, so that the rows point into several blocks.
    var parts: [Column] = []
    let cut = random.int(in: 0..<count + 1)
    for length in [cut, count - cut] {
      var builder = BytesBuilder(capacity: length)
      for _ in 0..<length {
        if type.kind == .binary {
          let bytes = (0..<random.int(in: 0..<30)).map { _ in
            UInt8.random(in: 0...255, using: &random)
          }
          bytes.withUnsafeBytes { builder.append($0) }
        } else {
          builder.append(text())
        }
      }
      parts.append(builder.finish(as: type))
    }
    let all = Column.concatenating(parts, type: type)
    return count == 0 ? all : all.withValidity(validity)
  }

  /// A string: empty, ASCII, numbers, white space, foreign scripts, about the length at which views
  /// stop being inline.
  public mutating func text() -> String {
    switch random.int(in: 0..<10) {
    case 0: return ""
    case 1:
      return random.pick([
        "a", "A", "ab", "abc", "abcd", "abcde", "\0", "a\0", "Zürich", "İ", "ß", "ﬁ",
      ])
    case 2: return String(random.int(in: -1000..<1000))
    case 3:
      return random.pick([" x ", "\t\n", "\u{3000}x\u{2028}", "\u{A0}y y\u{85}", "é", "e\u{301}"])
    case 4:
      return random.pick(["true", "false", "1.5", "-inf", "nan", "2024-02-29", "1e400", "300"])
    case 5, 6:
      let letters = Array("abcXYZ aA09")
      return String((0..<random.int(in: 10..<18)).map { _ in random.pick(letters) })
    case 7:
      let letters = Array("aÄßЖ日本語😀e\u{301}")
      return String((0..<random.int(in: 0..<9)).map { _ in random.pick(letters) })
    default:
      let length = random.chance(0.1) ? 200 : 40
      let letters = Array("abcdefghijABCDEFGHIJ ")
      return String((0..<random.int(in: 0..<length)).map { _ in random.pick(letters) })
    }
  }

  private mutating func lists(
    _ type: DataType, _ count: Int, _ nulls: Double, _ validity: Bitmap?
  ) -> Column {
    if case .fixedSizeList(let element, let size) = type.kind {
      let elements = column(element, count: count * size, nulls: nulls)
      return Column(fixedSizeListOf: elements, size: size, validity: validity, count: count)
    }
    var offsets = [Int64(random.int(in: 0..<4))]
    for _ in 0..<count { offsets.append(offsets[offsets.count - 1] + Int64(random.int(in: 0..<5))) }
    let total = Int(offsets[count]) + random.int(in: 0..<4)
    let elements = column(type.element ?? .null, count: total, nulls: nulls)
    return Column(
      listOf: elements, offsets: Buffer(copying: offsets), validity: validity, count: count)
  }
}
