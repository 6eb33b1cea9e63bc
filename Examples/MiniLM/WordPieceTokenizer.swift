import Foundation

/// BERT's uncased WordPiece tokenizer: text in, ids of vocabulary pieces out.
///
/// Making one reads and indexes the vocabulary, which takes some milliseconds: the kind of state
/// that wants to be made once per worker, not once per row. Once made it never changes, so workers
/// may also share one.
///
/// The ids are those of Hugging Face's `BertWordPieceTokenizer`, except that special tokens spelled
/// out in a text (`[MASK]`) are text here.
package final class WordPieceTokenizer: Sendable {
  private let trie: ByteTrie
  /// Where pieces that continue a word (`##ing`) start in the trie.
  private let continuation: ByteTrie.Node
  private let unknown: Int32
  private let classifier: Int32
  private let separator: Int32
  private let pieces: [String]

  /// Words of more characters than this become one `[UNK]`, as in BERT.
  private static let longestWord = 100

  /// Loads a vocabulary: one piece a line, its id the number of the line from 0.
  ///
  /// - Throws: `ModelError` when the file can't be read or lacks a special token.
  package init(vocabularyAt path: String) throws {
    guard let data = FileManager.default.contents(atPath: path) else {
      throw ModelError(
        "can't read the vocabulary \(path): is the path right, and seen from the current folder?")
    }
    var pieces = String(decoding: data, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    if pieces.last == "" { pieces.removeLast() }
    var trie = ByteTrie(expectedNodes: data.count / 2)
    continuation = trie.makeNode("##".utf8)
    for (id, piece) in pieces.enumerated() { trie.insert(piece.utf8, value: Int32(id)) }
    func special(_ name: String) throws -> Int32 {
      guard let id = pieces.firstIndex(of: name) else {
        throw ModelError("\(path) has no line \(name): it is no BERT vocabulary")
      }
      return Int32(id)
    }
    unknown = try special("[UNK]")
    classifier = try special("[CLS]")
    separator = try special("[SEP]")
    self.trie = trie
    self.pieces = pieces
  }

  /// The ids of the pieces of `text`, with `[CLS]` and `[SEP]` around them if asked.
  ///
  /// - Parameter limit: The most ids there may be, the special ones included; pieces at the end are
  ///   left out.
  package func tokenize(
    _ text: String, addingSpecialTokens: Bool = false, limit: Int = .max
  ) -> [Int32] {
    var ids: [Int32] = []
    ids.reserveCapacity(min(limit, text.utf8.count / 4 + 2))
    if addingSpecialTokens { ids.append(classifier) }
    let end = max(ids.count, addingSpecialTokens ? limit - 1 : limit)
    forEachWord(BERTNormalizer.normalized(text)) { bytes, word in
      if ids.count < end { appendPieces(of: word, in: bytes, to: &ids) }
    }
    if ids.count > end { ids.removeSubrange(end...) }
    if addingSpecialTokens { ids.append(separator) }
    return ids
  }

  /// The number of pieces of `text`, special tokens not counted.
  package func count(_ text: String) -> Int { tokenize(text).count }

  /// The piece with this id, nil when there is none.
  package func piece(_ id: Int32) -> String? {
    pieces.indices.contains(Int(id)) ? pieces[Int(id)] : nil
  }

  /// Calls `body` for each word: what stands between blanks, and each ASCII punctuation mark.
  private func forEachWord(_ bytes: [UInt8], _ body: ([UInt8], Range<Int>) -> Void) {
    var start = 0
    for (index, byte) in bytes.enumerated() {
      let isBlank = byte == UInt8(ascii: " ")
      guard isBlank || BERTNormalizer.isPunctuation(byte) else { continue }
      if start < index { body(bytes, start..<index) }
      if !isBlank { body(bytes, index..<index + 1) }
      start = index + 1
    }
    if start < bytes.count { body(bytes, start..<bytes.count) }
  }

  /// Greedy: the longest piece that fits, again and again; `[UNK]` for all if one place fits none.
  private func appendPieces(of word: Range<Int>, in bytes: [UInt8], to ids: inout [Int32]) {
    let before = ids.count
    var node = ByteTrie.root
    var position = word.lowerBound
    let tooLong = word.count > Self.longestWord && characterCount(bytes[word]) > Self.longestWord
    while position < word.upperBound, !tooLong,
      let (id, end) = trie.longestMatch(
        in: bytes, from: position, to: word.upperBound, startingAt: node)
    {
      ids.append(id)
      position = end
      node = continuation
    }
    if position < word.upperBound {
      ids.removeSubrange(before...)
      ids.append(unknown)
    }
  }

  /// Unicode scalars, counted by the bytes that begin one.
  private func characterCount(_ bytes: ArraySlice<UInt8>) -> Int {
    bytes.reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
  }
}
