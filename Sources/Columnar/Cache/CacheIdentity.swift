import ColumnarCore

/// What a node is to a cache: the part of the key that is the same for all its items.
package struct CacheIdentity: Sendable {
  package let name: String
  package let key: StableKey

  /// The identity of all those parts, the first of which says what they are parts of.
  package init(name: String, _ parts: [String]) {
    self.name = name
    key = StableKey(parts)
  }

  /// A name for people, and the key.
  var folderName: String {
    let plain = name.unicodeScalars.prefix(40).map { scalar -> Character in
      let isPlain =
        scalar.isASCII && (scalar.properties.isAlphabetic || ("0"..."9").contains(scalar))
      return isPlain ? Character(scalar) : "_"
    }
    return String(plain) + "-" + key.text
  }
}
