import ColumnarCore

extension ParquetLeaf {
  /// A column of decoded values, made ours; `values` has `count` of them, also under nulls.
  ///
  /// An instant that is too far away for its unit is an error.
  func column(
    _ values: Buffer, _ blocks: [Buffer], _ validity: Bitmap?, _ count: Int,
    _ origin: ParquetOrigin
  ) throws -> Column {
    switch conversion {
    case .none:
      if isBytes {
        return Column(
          type: type, views: values, blocks: blocks, validity: validity, count: count)
      }
      return Column(type: type, values: values, validity: validity, count: count)
    case .decimal:
      if isBytes { return fixed(values) }
      return fixed(
        physical == .int32
          ? values.mapped(count) { Int128($0 as Int32) }
          : values.mapped(count) { Int128($0 as Int64) })
    case .null: return .nulls(count)
    case .bits: return Column(bits: values.packedBits(count), validity: validity)
    case .narrow8: return fixed(values.mapped(count) { UInt8(truncatingIfNeeded: $0 as UInt32) })
    case .narrow16: return fixed(values.mapped(count) { UInt16(truncatingIfNeeded: $0 as UInt32) })
    case .widen: return fixed(values.mapped(count) { Int64($0 as Int32) })
    case .seconds: return fixed(values.mapped(count) { Self.seconds($0 as Int64) })
    case .half: return fixed(values.mapped(count) { IPCDecoder.float(half: $0 as UInt16) })
    case .int96(let unit):
      return fixed(try Int96.instants(values, unit, validity, count, origin))
    }
    func fixed(_ made: Buffer) -> Column {
      Column(type: type, values: made, validity: validity, count: count)
    }
  }
}

extension ParquetLeaf {
  /// Whole seconds, the earlier ones of a fraction.
  private static func seconds(_ milliseconds: Int64) -> Int64 {
    milliseconds / 1000 &- (milliseconds % 1000 < 0 ? 1 : 0)
  }
}

extension Buffer {
  /// Every value made another.
  @inline(__always)
  func mapped<T: BitwiseCopyable, R: BitwiseCopyable>(
    _ count: Int, _ transform: (T) -> R
  ) -> Buffer {
    let memory = MutableBuffer(count: count * MemoryLayout<R>.stride)
    let (source, target) = (pointer(as: T.self), memory.pointer(as: R.self))
    for k in 0..<count { target[k] = transform(source[k]) }
    withExtendedLifetime(owner) {}
    return memory.freeze()
  }

  /// Bytes of 0 and 1 as bits.
  fileprivate func packedBits(_ count: Int) -> Bitmap {
    let bytes = pointer(as: UInt8.self)
    let bits = Bitmap(count: count) { k in
      var word: UInt64 = 0
      let first = k &<< 6
      let last = Swift.min(count, first &+ 64)
      var row = first
      while row &+ 8 <= last {
        let eight = UnsafeRawPointer(bytes + row).loadUnaligned(as: UInt64.self)
        // Gathers the lowest bit of each byte in the highest byte.
        let packed = ((eight & 0x0101_0101_0101_0101) &* 0x0102_0408_1020_4080) &>> 56
        word |= packed &<< UInt64(truncatingIfNeeded: row &- first)
        row &+= 8
      }
      while row < last {
        word |= UInt64(bytes[row] & 1) &<< UInt64(truncatingIfNeeded: row &- first)
        row &+= 1
      }
      return word
    }
    withExtendedLifetime(owner) {}
    return bits
  }
}
