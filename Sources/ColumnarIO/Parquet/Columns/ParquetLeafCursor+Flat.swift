import ColumnarCore

extension ParquetLeafCursor {
  /// The next `count` rows of a leaf that is a column of its own.
  ///
  /// Text whose pages all have codes stays coded.
  func readFlat(_ count: Int) throws -> Column {
    try settleFlat()
    let dictionary = try codedDictionary()
    let width = dictionary == nil ? leaf.width : 4
    var blocks: [Buffer] = []
    var validity = BitmapBuilder()
    var hasNulls = false
    let memory = MutableBuffer(count: count * width)
    var done = 0
    while done < count {
      guard try openPage(), var page = self.page else { throw ended(count - done) }
      let taken = min(count - done, page.left)
      let target = memory.start + done * width
      var bits: Bitmap?
      var valid = taken
      if page.definitions != nil, try page.definitions?.skipOnes(taken) != true {
        var builder = BitmapBuilder(capacity: taken)
        try page.definitions?.read(taken, into: &builder)
        valid = taken - builder.clearCount
        if valid < taken { bits = builder.finish() }
      }
      if leaf.conversion == .null {
        try requireNone(valid)
      } else if dictionary != nil, let codes = page.values as? DictionaryDecoder {
        try codes.readCodes(valid, into: target.assumingMemoryBound(to: UInt32.self))
      } else {
        try page.values.read(valid, into: target, blocks: &blocks)
      }
      if let bits {
        Spreading.spread(target, width: width, valid: valid, bits)
        if !hasNulls { validity.append(repeating: true, count: done) }
        hasNulls = true
        validity.append(bits)
      } else if hasNulls {
        validity.append(repeating: true, count: taken)
      }
      page.left -= taken
      self.page = page
      done += taken
    }
    let bits = hasNulls ? validity.finish() : nil
    if let dictionary { return dictionary.column(memory.freeze(), bits, count) }
    return try leaf.column(memory.freeze(), blocks, bits, count, origin)
  }

  /// What a column of nulls must not have.
  func requireNone(_ values: Int) throws {
    guard values == 0 else { throw origin.corrupt("\(values) values in a column of nulls") }
  }

  /// The dictionary of a column that is to stay coded.
  private func codedDictionary() throws -> ParquetDictionary? {
    guard list.isCoded, leaf.type.physical == .bytes, let dictionary = try dictionary(),
      // Where values hardly repeat there is nothing to be won.
      dictionary.count * 2 <= state.group.rowCount
    else { return nil }
    return dictionary
  }

  /// Leaves out the rows that are to be skipped.
  private func settleFlat() throws {
    while pendingSkip > 0 {
      if let upcoming, upcoming.valueCount <= pendingSkip {
        pendingSkip -= upcoming.valueCount
        skipPage()
        continue
      }
      guard try openPage(), var page = self.page else { throw ended(pendingSkip) }
      let taken = min(pendingSkip, page.left)
      let valid = try page.definitions?.skipBits(taken) ?? taken
      if leaf.conversion != .null { try skipValues(valid, of: page.values) }
      page.left -= taken
      self.page = page
      pendingSkip -= taken
    }
  }
}

extension ParquetDictionary {
  /// A column of these codes, which are within the dictionary.
  func column(_ codes: Buffer, _ validity: Bitmap?, _ count: Int) -> Column {
    let normal = normalized()
    guard normal.values.count > 0 else { return .nulls(of: normal.values.type, count: count) }
    guard let map = normal.codes else {
      return .dictionary(codes: codes, values: normal.values, validity: validity, count: count)
    }
    let memory = MutableBuffer(count: count * 4)
    let (target, source) = (memory.pointer(as: Int32.self), codes.pointer(as: Int32.self))
    map.withUnsafeBufferPointer { map in
      for k in 0..<count { target[k] = map[Int(source[k])] }
    }
    withExtendedLifetime(codes) {}
    return .dictionary(
      codes: memory.freeze(), values: normal.values, validity: validity, count: count)
  }
}
