extension Column {
  /// A plain column with `f` of every value, where the function says whether the value fits.
  ///
  /// What does not fit becomes null, or with `strict` an error for the first row that is not null.
  @inline(__always)
  func converted<A: BitwiseCopyable, B: BitwiseCopyable>(
    to target: DataType, _ strict: Bool, _: A.Type, _: B.Type, _ f: (A) -> (value: B, fits: Bool)
  ) throws -> Column {
    let source = Operand<A>(self)
    let x = source.pointer
    let memory = MutableBuffer(count: count &* MemoryLayout<B>.stride)
    let out = memory.pointer(as: B.self)
    var misfits: UInt64 = 0
    for i in 0..<count {
      let (value, fits) = f(x[i])
      out[i] = value
      misfits |= fits.bit ^ 1
    }
    let values = memory.freeze()
    defer { source.keepAlive() }
    if misfits == 0 {
      return Column(type: target, values: values, validity: validity, count: count)
    }
    let fitting = Bitmap.both(validity, Arity.bits(count) { f(x[$0]).fits })
    if strict, let row = firstMisfit(fitting) {
      throw castFailure(type.isDecimal ? text(at: row) : "\(x[row])", type, target, row: row)
    }
    return Column(type: target, values: values, validity: fitting, count: count)
  }

  /// The first row that has a value here but none in `fitting`.
  func firstMisfit(_ fitting: Bitmap?) -> Int? {
    guard let fitting else { return nil }
    let validity = validity
    for k in 0..<fitting.wordCount {
      let full = Swift.min(64, count &- k &* 64)
      let all = full == 64 ? ~0 : (1 &<< UInt64(full)) &- 1 as UInt64
      let bad = (validity?.word(k) ?? all) & ~fitting.word(k)
      if bad != 0 { return k * 64 + bad.trailingZeroBitCount }
    }
    return nil
  }
}
