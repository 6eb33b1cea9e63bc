extension Column {
  /// Values as text that `parsed` reads back.
  func formatted(as target: DataType, _ strict: Bool) throws -> Column {
    switch type.kind {
    case .binary: return try validatedText(target, strict)
    case .bool:
      let bits = bits
      return written { TextFormatting.append(bits.isSet($0), to: &$1) }
    case .float32:
      return written(Float.self) { TextFormatting.append($0, to: &$1) }
    case .float64:
      return written(Double.self) { TextFormatting.append($0, to: &$1) }
    case .date:
      return written(Int32.self) { TextFormatting.appendDate($0, to: &$1) }
    case .timestamp(let unit, let zone):
      return written(Int64.self) {
        TextFormatting.appendTimestamp($0, unit: unit, isUTC: zone != nil, to: &$1)
      }
    case .duration(let unit):
      return written(Int64.self) { TextFormatting.appendDuration($0, unit: unit, to: &$1) }
    case .decimal128(_, let scale):
      return written(Int128.self) { TextFormatting.appendDecimal($0, scale: scale, to: &$1) }
    case .uint64:
      return written(UInt64.self) { TextFormatting.append($0, to: &$1) }
    default:
      let wide = try castNumber(to: .int64, true)
      return wide.written(Int64.self) { TextFormatting.append($0, to: &$1) }
    }
  }

  private func written<T: BitwiseCopyable>(
    _: T.Type, _ write: (T, inout MutableBuffer) -> Void
  ) -> Column {
    let values = Operand<T>(self)
    defer { values.keepAlive() }
    return written { write(values.pointer[$0], &$1) }
  }

  /// A string column of what `write` appends for each row that is not null.
  private func written(_ write: (Int, inout MutableBuffer) -> Void) -> Column {
    var builder = BytesBuilder(capacity: count)
    var text = MutableBuffer(capacity: 64)
    let validity = validity
    for row in 0..<count {
      if let validity, !validity.isSet(row) {
        builder.append(view: ByteView(low: 0, high: 0))
        continue
      }
      text.count = 0
      write(row, &text)
      builder.append(UnsafeRawBufferPointer(start: text.start, count: text.count))
    }
    return builder.finish().withValidity(validity)
  }

  /// Binary values that are valid UTF-8 as strings.
  private func validatedText(_ target: DataType, _ strict: Bool) throws -> Column {
    let text = BytesView(self)
    let fits = Arity.bits(count) { UTF8Validation.firstInvalidByte(in: text.bytes($0)) == nil }
    let fitting = Bitmap.both(validity, fits)
    if strict, let row = firstMisfit(fitting) {
      throw castFailure("value (no valid UTF-8)", type, target, row: row)
    }
    // What is invalid must not be read as text, not even under a null.
    let isWhole = fits.setCount == count
    return (isWhole ? self : emptying(where: fits, validity: fitting)).reinterpreted(as: target)
  }

  /// Text as values of another type.
  func parsed(as target: DataType, _ strict: Bool) throws -> Column {
    switch target.kind {
    case .bool: return try parsedBool(strict)
    case .int8: return try parsed(target, strict, Int8.self, narrowed)
    case .int16: return try parsed(target, strict, Int16.self, narrowed)
    case .int32: return try parsed(target, strict, Int32.self, narrowed)
    case .int64: return try parsed(target, strict, Int64.self) { TextParsing.int64($0) }
    case .uint8: return try parsed(target, strict, UInt8.self, narrowed)
    case .uint16: return try parsed(target, strict, UInt16.self, narrowed)
    case .uint32: return try parsed(target, strict, UInt32.self, narrowed)
    case .uint64: return try parsed(target, strict, UInt64.self) { TextParsing.uint64($0) }
    case .float32: return try parsed(target, strict, Float.self) { TextParsing.float($0) }
    case .float64: return try parsed(target, strict, Double.self) { TextParsing.double($0) }
    case .decimal128(let precision, let scale):
      return try parsed(target, strict, Int128.self) {
        TextParsing.decimal($0, precision: precision, scale: scale)
      }
    case .date: return try parsed(target, strict, Int32.self) { TextParsing.date($0) }
    case .timestamp(let unit, _):
      return try parsed(target, strict, Int64.self) { TextParsing.timestamp($0, unit: unit) }
    case .duration(let unit):
      return try parsed(target, strict, Int64.self) { TextParsing.duration($0, unit: unit) }
    default: throw undefined("A cast to \(target)", [type], hint: "Use a function.")
    }
  }

  @inline(__always)
  private func parsed<T: Primitive>(
    _ target: DataType, _ strict: Bool, _: T.Type, _ parse: (UnsafeRawBufferPointer) -> T?
  ) throws -> Column {
    let text = BytesView(self)
    var builder = PrimitiveBuilder<T>(capacity: count)
    let validity = text.validity
    for row in 0..<count {
      if let validity, !validity.isSet(row) {
        builder.appendNull()
      } else if let value = parse(text.bytes(row)) {
        builder.append(value)
      } else {
        if strict { throw castFailure(text: text.string(row), type, target, row: row) }
        builder.appendNull()
      }
    }
    withExtendedLifetime(text) {}
    return builder.finish(as: target)
  }

  private func parsedBool(_ strict: Bool) throws -> Column {
    let text = BytesView(self)
    var builder = BoolBuilder(capacity: count)
    let validity = text.validity
    for row in 0..<count {
      if let validity, !validity.isSet(row) {
        builder.appendNull()
      } else {
        let value = TextParsing.bool(text.bytes(row))
        if strict, value == nil {
          throw castFailure(text: text.string(row), type, .bool, row: row)
        }
        builder.append(value)
      }
    }
    withExtendedLifetime(text) {}
    return builder.finish()
  }
}

@inline(__always)
private func narrowed<T: FixedWidthInteger>(_ bytes: UnsafeRawBufferPointer) -> T? {
  if let value = TextParsing.int64(bytes) { return T(exactly: value) }
  return nil
}

extension Column {
  /// The same column with other validity, and empty values where a bit of `kept` is clear.
  fileprivate func emptying(where kept: Bitmap, validity: Bitmap?) -> Column {
    let text = BytesView(self)
    let memory = MutableBuffer(count: count * 16)
    let out = memory.pointer(as: ByteView.self)
    for row in 0..<count {
      out[row] = kept.isSet(row) ? text.views[row] : ByteView(low: 0, high: 0)
    }
    return Column(
      type: type, views: memory.freeze(), blocks: text.column.storage.blocks, validity: validity,
      count: count)
  }
}
