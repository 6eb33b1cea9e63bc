import ColumnarCore

/// The keys of one struct, found by their bytes: by guess in the order that they were last seen in,
/// else by their hash.
///
/// `@unchecked Sendable`: the memory never changes.
final class JSONKeys: @unchecked Sendable {
  let names: [String]
  private let lengths: UnsafeMutablePointer<Int32>
  private let starts: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
  /// Positions by hash, -1 where there is none.
  private let table: UnsafeMutablePointer<Int32>
  private let mask: Int
  private let text: UnsafeMutablePointer<UInt8>

  init(_ names: [String]) {
    self.names = names
    var size = 4
    while size < names.count * 2 { size *= 2 }
    mask = size - 1
    table = .allocate(capacity: size)
    table.initialize(repeating: -1, count: size)
    lengths = .allocate(capacity: max(1, names.count))
    starts = .allocate(capacity: max(1, names.count))
    // Eight bytes behind the last key may be read.
    text = .allocate(capacity: names.reduce(8) { $0 + $1.utf8.count })
    var at = text
    for (k, name) in names.enumerated() {
      let length = name.utf8.count
      for (offset, byte) in name.utf8.enumerated() { at[offset] = byte }
      (starts + k).initialize(to: at)
      (lengths + k).initialize(to: Int32(length))
      var place = Self.hash(at, length) & mask
      while table[place] >= 0 { place = (place + 1) & mask }
      table[place] = Int32(k)
      at += length
    }
    at.initialize(repeating: 0, count: 8)
  }

  deinit {
    table.deallocate()
    lengths.deallocate()
    starts.deallocate()
    text.deallocate()
  }

  /// What the inner loops need, free of references; valid as long as this lives.
  var view: View {
    View(lengths: lengths, starts: starts, table: table, mask: mask, count: names.count)
  }

  struct View {
    fileprivate let lengths: UnsafeMutablePointer<Int32>
    fileprivate let starts: UnsafeMutablePointer<UnsafeMutablePointer<UInt8>>
    fileprivate let table: UnsafeMutablePointer<Int32>
    fileprivate let mask: Int
    let count: Int

    /// Whether `key` is that of this position.
    @inline(__always)
    func isAt(_ position: Int, _ key: UnsafePointer<UInt8>, _ length: Int) -> Bool {
      guard Int(lengths[position]) == length else { return false }
      let known = UnsafeRawPointer(starts[position])
      let key = UnsafeRawPointer(key)
      var at = 0
      while at < length {
        var difference =
          key.loadUnaligned(fromByteOffset: at, as: UInt64.self)
          ^ known.loadUnaligned(fromByteOffset: at, as: UInt64.self)
        let left = length &- at
        if left < 8 { difference &<<= UInt64(truncatingIfNeeded: (8 &- left) &<< 3) }
        if difference != 0 { return false }
        at &+= 8
      }
      return true
    }

    /// The position of a key, -1 if there is none.
    @inline(never)
    func position(_ key: UnsafePointer<UInt8>, _ length: Int) -> Int {
      var place = JSONKeys.hash(key, length) & mask
      while table[place] >= 0 {
        let position = Int(table[place])
        if isAt(position, key, length) { return position }
        place = (place + 1) & mask
      }
      return -1
    }
  }

  fileprivate static func hash(_ key: UnsafePointer<UInt8>, _ length: Int) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325 ^ UInt64(truncatingIfNeeded: length)
    for k in 0..<length { hash = (hash ^ UInt64(key[k])) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: (hash ^ (hash >> 29)) & 0x7FFF_FFFF_FFFF)
  }
}
