/// The loops of the elementwise kernels.
///
/// They are blind to nulls: the function is evaluated for every row, whatever stands under a null,
/// so it must be total. Validity is combined once per batch by the caller. All are inlined into a
/// caller that has switched on the type, so that the loop is monomorphic.
enum Arity {
  /// `f` of every value.
  @inline(__always)
  static func unary<A: BitwiseCopyable, R: BitwiseCopyable>(
    _ a: Operand<A>, _ count: Int, _ f: (A) -> R
  ) -> Buffer {
    let memory = MutableBuffer(count: count &* MemoryLayout<R>.stride)
    let out = memory.pointer(as: R.self)
    let x = a.pointer
    if a.isConstant {
      let value = f(x.pointee)
      for i in 0..<count { out[i] = value }
    } else {
      for i in 0..<count { out[i] = f(x[i]) }
    }
    a.keepAlive()
    return memory.freeze()
  }

  /// `f` of every pair of values.
  @inline(__always)
  static func binary<A: BitwiseCopyable, B: BitwiseCopyable, R: BitwiseCopyable>(
    _ a: Operand<A>, _ b: Operand<B>, _ count: Int, _ f: (A, B) -> R
  ) -> Buffer {
    let memory = MutableBuffer(count: count &* MemoryLayout<R>.stride)
    let out = memory.pointer(as: R.self)
    let (x, y) = (a.pointer, b.pointer)
    if a.isConstant, b.isConstant {
      let value = f(x.pointee, y.pointee)
      for i in 0..<count { out[i] = value }
    } else if b.isConstant {
      let value = y.pointee
      for i in 0..<count { out[i] = f(x[i], value) }
    } else if a.isConstant {
      let value = x.pointee
      for i in 0..<count { out[i] = f(value, y[i]) }
    } else {
      for i in 0..<count { out[i] = f(x[i], y[i]) }
    }
    a.keepAlive()
    b.keepAlive()
    return memory.freeze()
  }

  /// `f` of every pair, where the top bit of its second result says that the first is wrong.
  ///
  /// The bits are only gathered in the loop. When one is set, the first failing row that is not
  /// null is looked for, and
  /// `failure` makes its error; a failure under a null is none.
  @inline(__always)
  static func checked<
    A: BitwiseCopyable, B: BitwiseCopyable, R: FixedWidthInteger & BitwiseCopyable
  >(
    _ a: Operand<A>, _ b: Operand<B>, _ count: Int, validity: Bitmap?,
    _ f: (A, B) -> (R, R), failure: (A, B) -> ColumnarError
  ) throws -> Buffer {
    let memory = MutableBuffer(count: count &* MemoryLayout<R>.stride)
    let out = memory.pointer(as: R.self)
    let (x, y) = (a.pointer, b.pointer)
    var failed: R = 0
    if a.isConstant, b.isConstant {
      let (result, bad) = f(x.pointee, y.pointee)
      for i in 0..<count { out[i] = result }
      if count > 0 { failed = bad }
    } else if b.isConstant {
      let value = y.pointee
      for i in 0..<count {
        let (result, bad) = f(x[i], value)
        out[i] = result
        failed |= bad
      }
    } else if a.isConstant {
      let value = x.pointee
      for i in 0..<count {
        let (result, bad) = f(value, y[i])
        out[i] = result
        failed |= bad
      }
    } else {
      for i in 0..<count {
        let (result, bad) = f(x[i], y[i])
        out[i] = result
        failed |= bad
      }
    }
    if failed.isTopBitSet {
      for i in 0..<count where validity?.isSet(i) ?? true {
        let (left, right) = (x[i &* a.step], y[i &* b.step])
        if f(left, right).1.isTopBitSet { throw failure(left, right).at(.row(i)) }
      }
    }
    a.keepAlive()
    b.keepAlive()
    return memory.freeze()
  }

  /// A bit per row, 64 rows per word; `flip` is ~0 to get the opposite of `f`, else 0.
  @inline(__always)
  static func bits(_ count: Int, flip: UInt64 = 0, _ f: (Int) -> Bool) -> Bitmap {
    let words = (count &+ 63) &>> 6
    let memory = MutableBuffer(count: words &* 8)
    let out = memory.pointer(as: UInt64.self)
    let full = count &>> 6
    for k in 0..<full {
      let base = k &<< 6
      var word: UInt64 = 0
      for i in 0..<64 { word |= f(base &+ i).bit &<< UInt64(truncatingIfNeeded: i) }
      out[k] = word ^ flip
    }
    if full < words {
      let base = full &<< 6
      let rest = count &- base
      var word: UInt64 = 0
      for i in 0..<rest { word |= f(base &+ i).bit &<< UInt64(truncatingIfNeeded: i) }
      out[full] = (word ^ flip) & ((1 &<< UInt64(truncatingIfNeeded: rest)) &- 1)
    }
    return Bitmap(buffer: memory.freeze(), count: count)
  }

  /// Whether `f` holds, for every value.
  @inline(__always)
  static func test<A: BitwiseCopyable>(
    _ a: Operand<A>, _ count: Int, _ f: (A) -> Bool
  ) -> Bitmap {
    let x = a.pointer
    let step = a.step
    let bits = bits(count) { f(x[$0 &* step]) }
    a.keepAlive()
    return bits
  }

  /// Whether `f` holds, for every pair of values.
  @inline(__always)
  static func test<A: BitwiseCopyable, B: BitwiseCopyable>(
    _ a: Operand<A>, _ b: Operand<B>, _ count: Int, flip: UInt64 = 0, _ f: (A, B) -> Bool
  ) -> Bitmap {
    let (x, y) = (a.pointer, b.pointer)
    let result: Bitmap
    if a.isConstant, b.isConstant {
      result = Bitmap(repeating: f(x.pointee, y.pointee) != (flip != 0), count: count)
    } else if b.isConstant {
      let value = y.pointee
      result = bits(count, flip: flip) { f(x[$0], value) }
    } else if a.isConstant {
      let value = x.pointee
      result = bits(count, flip: flip) { f(value, y[$0]) }
    } else {
      result = bits(count, flip: flip) { f(x[$0], y[$0]) }
    }
    a.keepAlive()
    b.keepAlive()
    return result
  }
}

extension Bool {
  /// One or zero, without the conditional jump that `self ? 1 : 0` may become.
  @inline(__always)
  var bit: UInt64 { UInt64(truncatingIfNeeded: unsafeBitCast(self, to: UInt8.self)) }
}

extension FixedWidthInteger {
  @inline(__always)
  var isTopBitSet: Bool { leadingZeroBitCount == 0 && self != 0 }
}
