/// Byte strings with a number each, for finding the longest one that a text begins with.
///
/// All edges stand in one open-addressing table keyed by node and byte, so a walk costs about one
/// probe a byte and the whole of BERT's vocabulary takes a few megabytes.
struct ByteTrie: Sendable {
  typealias Node = UInt32

  /// Edges as `node << 40 | byte << 32 | child`; 0 is an empty place, as no edge leads to the root.
  private var edges: [UInt64]
  private var edgeCount = 0
  /// The number of the string that ends at each node, or -1.
  private var values: [Int32] = [-1]

  static let root: Node = 0

  init(expectedNodes: Int = 16) {
    var capacity = 32
    while capacity < expectedNodes * 2 { capacity *= 2 }
    edges = Array(repeating: 0, count: capacity)
  }

  /// Stores a string's number; a number stored before for the same string is replaced.
  ///
  /// - Returns: The node at which the string ends, from which a walk can start.
  @discardableResult
  mutating func insert(_ bytes: some Sequence<UInt8>, value: Int32) -> Node {
    let node = makeNode(bytes)
    values[Int(node)] = value
    return node
  }

  /// The node at which a string ends, made if it isn't there, with no number of its own.
  mutating func makeNode(_ bytes: some Sequence<UInt8>) -> Node {
    bytes.reduce(Self.root) { node, byte in
      child(of: node, by: byte) ?? addChild(of: node, by: byte)
    }
  }

  /// The longest stored string that starts at `start` in `bytes` and ends before `end`.
  ///
  /// - Parameter node: Where the walk starts; with another node than the root, strings are meant
  ///   that follow the one which ends there.
  /// - Returns: Its number and the place behind it, or nil when no stored string fits.
  func longestMatch(
    in bytes: [UInt8], from start: Int, to end: Int, startingAt node: Node = root
  ) -> (value: Int32, end: Int)? {
    var node = node
    var best: (value: Int32, end: Int)?
    for index in start..<end {
      guard let next = child(of: node, by: bytes[index]) else { break }
      node = next
      if values[Int(node)] >= 0 { best = (values[Int(node)], index + 1) }
    }
    return best
  }

  private func child(of node: Node, by byte: UInt8) -> Node? {
    let key = UInt64(node) << 8 | UInt64(byte)
    var place = Self.slot(key, in: edges.count)
    while edges[place] != 0 {
      if edges[place] >> 32 == key { return Node(truncatingIfNeeded: edges[place]) }
      place = (place + 1) & (edges.count - 1)
    }
    return nil
  }

  private mutating func addChild(of node: Node, by byte: UInt8) -> Node {
    if edgeCount * 2 >= edges.count { grow() }
    let child = Node(values.count)
    values.append(-1)
    place((UInt64(node) << 8 | UInt64(byte)) << 32 | UInt64(child))
    edgeCount += 1
    return child
  }

  private mutating func place(_ edge: UInt64) {
    var place = Self.slot(edge >> 32, in: edges.count)
    while edges[place] != 0 { place = (place + 1) & (edges.count - 1) }
    edges[place] = edge
  }

  private mutating func grow() {
    let old = edges
    edges = Array(repeating: 0, count: old.count * 2)
    for edge in old where edge != 0 { place(edge) }
  }

  /// Where to look for a key first; `capacity` is a power of two.
  private static func slot(_ key: UInt64, in capacity: Int) -> Int {
    let mixed = key &* 0x9E37_79B9_7F4A_7C15
    return Int(truncatingIfNeeded: mixed >> 24) & (capacity - 1)
  }
}
