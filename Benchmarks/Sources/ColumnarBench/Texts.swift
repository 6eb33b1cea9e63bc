/// The texts of the seed's benchmarks.
enum Texts {
  /// Such as `"  HELLO 17  "`.
  static func hello(_ count: Int) -> [String] { (0..<count).map { "  HELLO \($0)  " } }
  /// Such as `"Text 17"`.
  static func text(_ count: Int) -> [String] { (0..<count).map { "Text \($0)" } }
  /// Such as `"  Hello World 17  "`.
  static func helloWorld(_ count: Int) -> [String] { (0..<count).map { "  Hello World \($0)  " } }
}
