import Pipelines

/// The guide's section 4: a function in processes of its own.
enum ProcessIsolation {
  static let text = Input<String>("text")

  static func pipeline(on engine: any Engine = .columnar) throws -> Pipeline {
    // snippet: process
    let words = Node("words", from: text, options: .init(isolation: .process)) { (text: String) in
      complexParsing(text)
    }
    let parsing = try Pipeline("parsing", engine: engine, outputs: words)
    // snippet end
    return parsing
  }

  static func run(_ texts: [String], on engine: any Engine = .columnar) throws -> [Int] {
    Array(try pipeline(on: engine).map(text.each(texts))["words", as: Int.self])
  }

  private static func complexParsing(_ text: String) -> Int { text.split(separator: " ").count }
}
