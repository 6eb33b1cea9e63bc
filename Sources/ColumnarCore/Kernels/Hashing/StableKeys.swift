/// Keys of rows that are the same in every process, on every machine and in every version.
///
/// Typed: the int64 1, the float64 1.0, the text "1" and true are all different, as are a null, an
/// empty text and an empty list. Numbers count by their bits, so that whatever a closure can tell
/// apart has another key: -0.0 is not 0.0, and NaNs of different payload differ. Text counts by its
/// UTF-8, lists and structs by their elements in order. How a column is encoded or sliced makes no
/// difference.
package enum StableKeys {
  /// A key of 16 bytes per row (low word, high word) over all columns, each of `count` rows.
  ///
  /// Nil where an opaque value is not `CacheKeyed` and not known to be made of values with keys.
  /// Cost: about 6 ns per row and fixed-width column.
  package static func keys(of columns: [Column], count: Int, seed: StableKey) -> Buffer? {
    let memory = MutableBuffer(count: count * 16)
    let target = memory.pointer(as: StableKey.self)
    target.initialize(repeating: start(columns, seed), count: count)
    let scratch = MutableBuffer(count: count * 16)
    let digests = scratch.pointer(as: StableKey.self)
    for column in columns {
      guard digest(column, into: digests) else { return nil }
      for row in 0..<count {
        var hash = StableHash(seed: target[row])
        hash.absorb(digests[row].low, digests[row].high)
        target[row] = hash.state
      }
    }
    for row in 0..<count { target[row] = StableHash(seed: target[row]).finish() }
    return memory.freeze()
  }

  /// The key of a column of one row as text; nil where an opaque value is not `CacheKeyed`.
  package static func text(of column: Column) -> String? {
    keys(of: [column], count: 1, seed: StableKey(low: 0, high: 0)).map { keys in
      keys.withBytes { $0.loadUnaligned(as: StableKey.self) }.text
    }
  }

  private static func start(_ columns: [Column], _ seed: StableKey) -> StableKey {
    var hash = StableHash(seed: seed)
    hash.absorb(UInt64(columns.count), 0)
    return hash.state
  }

  /// What marks the kinds of values; a null is a pair of zeros.
  private enum Mark {
    static let number: UInt64 = 1
    static let bytes: UInt64 = 2
    static let list: UInt64 = 3
    static let structure: UInt64 = 4
    static let opaque: UInt64 = 5
    static let made: UInt64 = 6
  }

  // MARK: Columns

  /// The digest of every row; false where an opaque value has no key.
  private static func digest(
    _ column: Column, into target: UnsafeMutablePointer<StableKey>
  ) -> Bool {
    switch column.encoding {
    case .constant:
      guard column.count > 0 else { return true }
      guard digest(column.encodedValues, into: target) else { return false }
      (target + 1).update(repeating: target[0], count: column.count - 1)
      return true
    case .dictionary where column.encodedValues.count <= column.count:
      return digestCodes(column, into: target)
    case .dictionary, .plain:
      return digestPlain(column.decoded(), into: target)
    }
  }

  private static func digestCodes(
    _ column: Column, into target: UnsafeMutablePointer<StableKey>
  ) -> Bool {
    let values = column.encodedValues
    let memory = MutableBuffer(count: values.count * 16)
    let digests = memory.pointer(as: StableKey.self)
    guard digest(values, into: digests) else { return false }
    let null = null(StableKey(typeOf: column))
    let codes = column.codes
    let validity = column.validity
    for row in 0..<column.count {
      target[row] = validity?.isSet(row) ?? true ? digests[Int(codes[row])] : null
    }
    return true
  }

  private static func null(_ seed: StableKey) -> StableKey {
    var hash = StableHash(seed: seed)
    hash.absorb(0, 0)
    return hash.state
  }

  private static func digestPlain(
    _ column: Column, into target: UnsafeMutablePointer<StableKey>
  ) -> Bool {
    let seed = StableKey(typeOf: column)
    switch column.type.physical {
    case .null: target.update(repeating: null(seed), count: column.count)
    case .bool: digestBits(column.bits, seed, target)
    case .bytes: digestBytes(BytesView(column), seed, target)
    case .list, .fixedSizeList:
      guard digestLists(ListView(column), column.count, seed, target) else { return false }
    case .structure: guard digestStructs(column, seed, target) else { return false }
    case .opaque: guard digestObjects(column, seed, target) else { return false }
    default: digestWords(column, seed, target)
    }
    if let validity = column.validity {
      let null = null(seed)
      for row in 0..<column.count where !validity.isSet(row) { target[row] = null }
    }
    return true
  }

  // MARK: Values

  private static func digestWords(
    _ column: Column, _ seed: StableKey, _ target: UnsafeMutablePointer<StableKey>
  ) {
    let base = column.plainBase
    let count = column.count
    switch column.type.physical.width {
    case 1: words(base, UInt8.self, count, seed, target)
    case 2: words(base, UInt16.self, count, seed, target)
    case 4: words(base, UInt32.self, count, seed, target)
    case 8: words(base, UInt64.self, count, seed, target)
    default:
      let values = base.assumingMemoryBound(to: UInt128.self)
      for row in 0..<count {
        var hash = StableHash(seed: seed)
        hash.absorb(UInt64(truncatingIfNeeded: values[row]), Mark.number)
        hash.absorb(UInt64(truncatingIfNeeded: values[row] &>> 64), Mark.number)
        target[row] = hash.state
      }
    }
  }

  @inline(__always)
  private static func words<Word: FixedWidthInteger & UnsignedInteger & BitwiseCopyable>(
    _ base: UnsafeRawPointer, _ type: Word.Type, _ count: Int, _ seed: StableKey,
    _ target: UnsafeMutablePointer<StableKey>
  ) {
    let values = base.assumingMemoryBound(to: Word.self)
    for row in 0..<count {
      var hash = StableHash(seed: seed)
      hash.absorb(UInt64(values[row]), Mark.number)
      target[row] = hash.state
    }
  }

  private static func digestBits(
    _ bits: Bitmap, _ seed: StableKey, _ target: UnsafeMutablePointer<StableKey>
  ) {
    for row in 0..<bits.count {
      var hash = StableHash(seed: seed)
      hash.absorb(bits.isSet(row) ? 1 : 0, Mark.number)
      target[row] = hash.state
    }
  }

  private static func digestBytes(
    _ view: BytesView, _ seed: StableKey, _ target: UnsafeMutablePointer<StableKey>
  ) {
    // A null's view may be anything, so it is not followed.
    forEachValid(view.count, view.validity) { row in
      let bytes = view.bytes(row)
      var hash = StableHash(seed: seed)
      hash.absorb(UInt64(bytes.count), Mark.bytes)
      hash.absorb(bytes)
      target[row] = hash.state
    }
  }

  private static func digestLists(
    _ lists: ListView, _ count: Int, _ seed: StableKey, _ target: UnsafeMutablePointer<StableKey>
  ) -> Bool {
    guard count > 0 else { return true }
    // The elements of the window are taken once, in one go.
    let first = lists.range(0).lowerBound
    let last = max(first, lists.range(count - 1).upperBound)
    let memory = MutableBuffer(count: (last - first) * 16)
    let elements = memory.pointer(as: StableKey.self)
    guard digest(lists.elements.slice(first..<last), into: elements) else { return false }
    for row in 0..<count {
      let range = lists.range(row)
      var hash = StableHash(seed: seed)
      hash.absorb(UInt64(range.count), Mark.list)
      for k in range { hash.absorb(elements[k &- first].low, elements[k &- first].high) }
      target[row] = hash.state
    }
    return true
  }

  private static func digestStructs(
    _ column: Column, _ seed: StableKey, _ target: UnsafeMutablePointer<StableKey>
  ) -> Bool {
    let children = column.structChildren
    var hash = StableHash(seed: seed)
    hash.absorb(UInt64(children.count), Mark.structure)
    target.update(repeating: hash.state, count: column.count)
    let memory = MutableBuffer(count: column.count * 16)
    let digests = memory.pointer(as: StableKey.self)
    for child in children {
      guard digest(child, into: digests) else { return false }
      for row in 0..<column.count {
        var hash = StableHash(seed: target[row])
        hash.absorb(digests[row].low, digests[row].high)
        target[row] = hash.state
      }
    }
    return true
  }

  private static func digestObjects(
    _ column: Column, _ seed: StableKey, _ target: UnsafeMutablePointer<StableKey>
  ) -> Bool {
    let validity = column.validity
    if let keys = column.objectKeys {
      for row in 0..<column.count {
        var hash = StableHash(seed: seed)
        hash.absorb(0, Mark.made)
        hash.absorb(keys[row].low, keys[row].high)
        target[row] = hash.state
      }
      return true
    }
    // The objects of a column mostly are of one type, and its name takes long to make.
    var last: (type: ObjectIdentifier, name: String)?
    for (row, object) in column.objects.enumerated() where validity?.isSet(row) ?? true {
      guard let object = object as? any CacheKeyed else { return false }
      let type: Any.Type = type(of: object)
      if last?.type != ObjectIdentifier(type) {
        last = (ObjectIdentifier(type), StableTypeName.of(type))
      }
      var hash = StableHash(seed: seed)
      hash.absorb(0, Mark.opaque)
      hash.absorb(text: last?.name ?? "")
      hash.absorb(text: object.cacheKey)
      target[row] = hash.state
    }
    return true
  }
}

extension StableKey {
  /// The key of a type, from which the digests of its values start.
  fileprivate init(typeOf column: Column) { self.init(column.type) }

  /// The key of a type: of everything that tells it from others.
  package init(_ type: DataType) {
    var hash = StableHash(seed: StableKey(low: 0, high: 0))
    hash.absorb(type: type)
    self = hash.finish()
  }
}

extension StableHash {
  /// Takes in a type; what it is made of follows its own name.
  fileprivate mutating func absorb(type: DataType) {
    switch type.kind {
    case .timestamp(let unit, let zone):
      absorb(text: "timestamp")
      absorb(text: unit.rawValue)
      absorb(text: zone.map { "=" + $0 } ?? "")
    case .duration(let unit):
      absorb(text: "duration")
      absorb(text: unit.rawValue)
    case .list(let element):
      absorb(text: "list")
      absorb(type: element)
    case .fixedSizeList(let element, let size):
      absorb(text: "fixedSizeList")
      absorb(UInt64(size), 0)
      absorb(type: element)
    case .structure(let fields):
      absorb(text: "struct")
      absorb(UInt64(fields.count), 0)
      for field in fields {
        absorb(text: field.name)
        absorb(type: field.type)
      }
    case .opaque(let type):
      absorb(text: "opaque")
      absorb(text: type.stableName)
    default: absorb(text: type.description)
    }
  }
}
