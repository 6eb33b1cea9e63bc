import ColumnarCore

extension IPCDecoder {
  /// A column of values that are written otherwise than ours are.
  func converted(
    _ field: IPCField, _ body: inout IPCBody, _ validity: Bitmap?, _ count: Int
  ) throws -> Column {
    let type = field.dataType
    func column(_ values: consuming MutableBuffer) -> Column {
      Column(type: type, values: values.freeze(), validity: validity, count: count)
    }
    switch field.type {
    case .half:
      let source = try body.nextBuffer(count * 2, alignment: 2)
      let memory = MutableBuffer(count: count * 4)
      let (halves, target) = (source.pointer(as: UInt16.self), memory.pointer(as: Float.self))
      for k in 0..<count { target[k] = Self.float(half: halves[k]) }
      withExtendedLifetime(source) {}
      return column(memory)
    case .time32:
      let source = try body.nextBuffer(count * 4, alignment: 4)
      let memory = MutableBuffer(count: count * 8)
      let (times, target) = (source.pointer(as: Int32.self), memory.pointer(as: Int64.self))
      for k in 0..<count { target[k] = Int64(times[k]) }
      withExtendedLifetime(source) {}
      return column(memory)
    case .decimal(_, let bits):
      return column(try decimals(field, &body, validity, count, bits: bits))
    default:
      let source = try body.nextBuffer(count * 8, alignment: 8)
      let memory = MutableBuffer(count: count * 4)
      let (times, target) = (source.pointer(as: Int64.self), memory.pointer(as: Int32.self))
      for k in 0..<count {
        let (whole, rest) = times[k].quotientAndRemainder(dividingBy: 86_400_000)
        let days = rest < 0 ? whole - 1 : whole
        guard let day = Int32(exactly: days) else {
          if let validity, !validity.isSet(k) {
            target[k] = 0
            continue
          }
          throw body.origin.unsupported(
            "holds a date \(days) days from 1970 in column \"\(field.name)\"",
            hint: "Dates have 32 bits here.")
        }
        target[k] = day
      }
      withExtendedLifetime(source) {}
      return column(memory)
    }
  }

  /// IEEE 754 binary16 as a `Float`; exact.
  static func float(half bits: UInt16) -> Float {
    let sign = UInt32(bits & 0x8000) << 16
    let exponent = UInt32(bits >> 10 & 0x1F)
    let fraction = UInt32(bits & 0x3FF)
    switch exponent {
    case 0:
      let value = Float(fraction) / 16_777_216
      return Float(bitPattern: value.bitPattern | sign)
    case 31: return Float(bitPattern: sign | 0x7F80_0000 | fraction << 13)
    default: return Float(bitPattern: sign | (exponent + 112) << 23 | fraction << 13)
    }
  }
}

extension IPCDecoder {
  /// Decimals of 32, 64 or 256 bits as such of 128; one of more digits than that has is an error.
  private func decimals(
    _ field: IPCField, _ body: inout IPCBody, _ validity: Bitmap?, _ count: Int, bits: Int
  ) throws -> MutableBuffer {
    let width = bits / 8
    let source = try body.nextBuffer(count * width, alignment: min(width, 8))
    let memory = MutableBuffer(count: count * 16)
    let target = memory.pointer(as: Int128.self)
    let start = source.start
    let limit = DecimalMath.power(DecimalMath.maxPrecision)
    for k in 0..<count {
      let place = start + k * width
      switch width {
      case 4: target[k] = Int128(place.loadUnaligned(as: Int32.self))
      case 8: target[k] = Int128(place.loadUnaligned(as: Int64.self))
      default:
        let value = place.loadUnaligned(as: Int128.self)
        let high = place.loadUnaligned(fromByteOffset: 16, as: Int128.self)
        let fits = high == value >> 127 && DecimalMath.fits(value, below: limit)
        target[k] = fits ? value : 0
        if !fits, validity?.isSet(k) ?? true {
          throw body.origin.unsupported(
            "holds a decimal of more than 38 digits in column \"\(field.name)\"",
            hint: "Have the column cast where the data is written.")
        }
      }
    }
    withExtendedLifetime(source) {}
    return memory
  }
}
