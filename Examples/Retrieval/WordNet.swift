import Columnar
import Foundation

/// WordNet's glosses: what each set of synonyms means, with the words of the set.
enum WordNet {
  /// All 117,659 glosses of WordNet 3.0, or the first `limit`: columns `words`, `pos` and `gloss`.
  ///
  /// - Throws: `RetrievalError` that names file and line where a file isn't as it should be.
  static func glosses(in folder: String, limit: Int = .max) throws -> DataFrame {
    var words: [String] = []
    var pos: [String] = []
    var glosses: [String] = []
    for part in ["noun", "verb", "adj", "adv"] where glosses.count < limit {
      let path = "\(folder)/data.\(part)"
      guard let data = FileManager.default.contents(atPath: path) else {
        throw RetrievalError("can't read \(path); `make model` fetches it")
      }
      let lines = [UInt8](data).split(
        separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
      for (index, line) in lines.enumerated() where glosses.count < limit {
        // The licence at the top is indented.
        guard let first = line.first, first != UInt8(ascii: " ") else { continue }
        guard let entry = entry(line) else {
          throw RetrievalError("\(path):\(index + 1): no entry of WordNet's data files")
        }
        words.append(entry.words)
        pos.append(part)
        glosses.append(entry.gloss)
      }
    }
    return try DataFrame(["words": words, "pos": pos, "gloss": glosses])
  }

  /// The words and the gloss of a line, nil if it isn't an entry.
  ///
  /// An entry is made of offset, file number, part of speech, how many words (hexadecimal), each
  /// word with a number, pointers, and behind a bar the gloss.
  static func entry(_ line: ArraySlice<UInt8>) -> (words: String, gloss: String)? {
    guard let bar = line.firstIndex(of: UInt8(ascii: "|")) else { return nil }
    let fields = line[..<bar].split(separator: UInt8(ascii: " "))
    guard fields.count > 5, let count = Int(String(decoding: fields[3], as: UTF8.self), radix: 16),
      count > 0, fields.count >= 4 + 2 * count
    else { return nil }
    let words = (0..<count).map { index in
      // An adjective may have its place behind it: `galore(ip)`.
      let word = fields[4 + 2 * index].prefix { $0 != UInt8(ascii: "(") }
      let blank = word.map { $0 == UInt8(ascii: "_") ? UInt8(ascii: " ") : $0 }
      return String(decoding: blank, as: UTF8.self)
    }
    var gloss = line[bar...].dropFirst().drop { $0 == UInt8(ascii: " ") }
    while let last = gloss.last, last == UInt8(ascii: " ") { gloss = gloss.dropLast() }
    return (words.joined(separator: ", "), String(decoding: gloss, as: UTF8.self))
  }
}

/// Why a search can't be made, and how to mend it.
struct RetrievalError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) { self.description = description }
}
