extension DisplayWidth {
  /// Adds up columns scalar by scalar, with the state that clusters of scalars need.
  struct Meter {
    /// Columns of the finished clusters.
    private var finished = 0
    /// Columns of the cluster that further scalars may still join.
    private var current = 0
    /// The last scalar that took columns, until a selector or spacing mark used it up.
    private var base: Unicode.Scalar?
    private var afterVirama = false
    private var afterJoiner = false
    private var afterOddFlagLetter = false

    /// The columns of everything added so far.
    var width: Int { finished + current }

    mutating func add(_ scalar: Unicode.Scalar) {
      let flagLetter = (0x1F1E6...0x1F1FF).contains(scalar.value)
      defer { afterOddFlagLetter = flagLetter && !afterOddFlagLetter }
      switch scalar.value {
      case 0x200D:
        afterJoiner = !afterVirama
      case 0xFE0F:
        if let base, WidthTables.contains(base, in: WidthTables.emojiVariation) { current = 2 }
      case _ where flagLetter && afterOddFlagLetter:
        break  // the second letter of a flag
      case 0x1F3FB...0x1F3FF where base?.isPictograph == true:
        break  // a skin tone on the emoji before it
      case _ where afterJoiner && scalar.isPictograph && base?.isPictograph == true:
        afterJoiner = false  // joined into the emoji before it
      default:
        addPlain(scalar)
      }
    }

    private mutating func addPlain(_ scalar: Unicode.Scalar) {
      let columns = WidthTables.columns(of: scalar)
      if columns > 0 {
        if afterVirama {
          current = 2  // a conjunct
        } else {
          finished += current
          current = columns
        }
        base = scalar
      } else if base != nil, scalar.properties.generalCategory == .spacingMark {
        current = 2
        base = nil
      }
      afterVirama = columns == 0 && Self.viramas.contains(scalar.value)
      afterJoiner = false
    }

    /// Signs that join the letters before and after them into a conjunct.
    private static let viramas: Set<UInt32> = [
      0x094D, 0x09CD, 0x0A4D, 0x0ACD, 0x0B4D, 0x0BCD, 0x0C4D, 0x0CCD, 0x0D4D, 0x0DCA, 0x1B44,
      0xA806, 0xA8C4, 0xA9C0, 0x11046, 0x110B9, 0x111C0, 0x11235, 0x1134D, 0x11442, 0x114C2,
      0x115BF, 0x1163F, 0x116B6, 0x11839, 0x119E0, 0x11C3F,
    ]
  }
}

extension WidthTables {
  /// The columns of a scalar that stands alone; control characters take none.
  static func columns(of scalar: Unicode.Scalar) -> Int {
    switch scalar.value {
    case 0x20..<0x7F: return 1
    case 0..<0x20, 0x7F..<0xA0: return 0
    default: break
    }
    if contains(scalar, in: zero) { return 0 }
    return contains(scalar, in: wide) ? 2 : 1
  }

  /// Whether the scalar lies in one of the runs of `boundaries`: a binary search.
  static func contains(_ scalar: Unicode.Scalar, in boundaries: [UInt32]) -> Bool {
    var low = 0
    var high = boundaries.count
    while low < high {
      let middle = (low + high) / 2
      if boundaries[middle] <= scalar.value { low = middle + 1 } else { high = middle }
    }
    return low % 2 == 1
  }
}

extension Unicode.Scalar {
  /// An emoji, but none of the ASCII digits and signs that are emoji in name only.
  fileprivate var isPictograph: Bool { value > 0xA8 && properties.isEmoji }
}
