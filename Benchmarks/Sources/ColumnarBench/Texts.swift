/// The texts of the seed's benchmarks.
enum Texts {
  /// Such as `"  HELLO 17  "`.
  static func hello(_ count: Int) -> [String] { (0..<count).map { "  HELLO \($0)  " } }
  /// Such as `"Text 17"`.
  static func text(_ count: Int) -> [String] { (0..<count).map { "Text \($0)" } }
  /// Such as `"  Hello World 17  "`.
  static func helloWorld(_ count: Int) -> [String] { (0..<count).map { "  Hello World \($0)  " } }
  /// Such as `"  HELLO WORLD 17  "`.
  static func helloUpper(_ count: Int) -> [String] { (0..<count).map { "  HELLO WORLD \($0)  " } }
  /// Fifty copies of such as `"Hello world 17"`, without spaces between: 101 words.
  static func long(_ count: Int) -> [String] {
    (0..<count).map { String(repeating: "Hello world \($0)", count: 50) }
  }
}
