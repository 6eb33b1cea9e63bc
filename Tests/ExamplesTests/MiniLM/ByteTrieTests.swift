import Testing

@testable import MiniLM

@Suite struct ByteTrieTests {
  @Test func findsTheLongestMatch() {
    var trie = ByteTrie()
    for (value, word) in ["a", "abc", "b", "##bc"].enumerated() {
      trie.insert(word.utf8, value: Int32(value))
    }
    let text = [UInt8]("abcd".utf8)
    #expect(trie.longestMatch(in: text, from: 0, to: 4)?.end == 3)
    #expect(trie.longestMatch(in: text, from: 0, to: 2)?.end == 1)
    #expect(trie.longestMatch(in: text, from: 1, to: 4)?.value == 2)
    #expect(trie.longestMatch(in: text, from: 3, to: 4) == nil)
    #expect(trie.longestMatch(in: text, from: 0, to: 0) == nil)
    let continuation = trie.makeNode("##".utf8)
    #expect(trie.longestMatch(in: text, from: 1, to: 4, startingAt: continuation)?.value == 3)
  }

  @Test func growsAndReplaces() {
    var trie = ByteTrie()
    for number in 0..<5_000 { trie.insert(String(number).utf8, value: Int32(number)) }
    trie.insert("77".utf8, value: 9_999)
    for number in [0, 7, 123, 4_999] {
      let text = [UInt8](String(number).utf8)
      #expect(trie.longestMatch(in: text, from: 0, to: text.count)?.value == Int32(number))
    }
    #expect(trie.longestMatch(in: [55, 55], from: 0, to: 2)?.value == 9_999)
  }
}
