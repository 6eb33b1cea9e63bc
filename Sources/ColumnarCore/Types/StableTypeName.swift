import CColumnarSystem
import Glibc

/// The names of Swift types that tell them apart in every process: for keys, not for people.
package enum StableTypeName {
  /// The type's name with its module and all that it is nested in.
  ///
  /// A private type, or one inside a function, may share that name with others. It is told by where
  /// it stands in this build of the program, so every build has another name for it.
  package static func of(_ type: Any.Type) -> String {
    let name = String(reflecting: type)
    guard name.contains(addressMark) else { return name }
    return placed(name)
  }

  /// How the language writes the context of such a type, which holds an address: that differs from
  /// process to process.
  private static let addressMark = "(unknown context at $"

  private static func placed(_ name: String) -> String {
    var (text, rest) = ("", Substring(name))
    while let mark = rest.firstRange(of: addressMark) {
      text += rest[..<mark.lowerBound]
      rest = rest[mark.upperBound...]
      let digits = rest.prefix { $0.isHexDigit }
      rest = rest.dropFirst(digits.count).dropFirst()
      text += place(UInt(digits, radix: 16) ?? 0)
    }
    return text + rest
  }

  /// Where an address lies in its image, and which build of the program and of the image that is.
  private static func place(_ address: UInt) -> String {
    var offset: UInt = 0
    let image = columnar_image_of(address, &offset).map { String(cString: $0) } ?? ""
    return "(private \(offset) in \(build("/proc/self/exe")) \(build(image)))"
  }

  /// What is another for each build of a file; nothing for a path that depends on the folder that
  /// the process is in.
  private static func build(_ path: String) -> String {
    var status = stat()
    guard path.hasPrefix("/"), stat(path, &status) == 0 else { return "" }
    return "\(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
  }
}
