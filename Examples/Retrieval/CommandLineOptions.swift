/// What the program is asked to do.
struct CommandLineOptions {
  static let usage = """
    usage: columnar-retrieval [--top COUNT] [--limit GLOSSES] TEXT...

      --top COUNT      how many glosses to show for each text; 10 if not given
      --limit GLOSSES  search the first so many glosses only: quicker the first time
    """

  var queries: [String] = []
  var count = 10
  var limit = Int.max

  /// - Throws: `RetrievalError` with the usage when the arguments make no sense.
  init(_ arguments: some Sequence<String>) throws {
    var arguments = arguments.makeIterator()
    while let argument = arguments.next() {
      switch argument {
      case "--top": count = try Self.number(argument, arguments.next())
      case "--limit": limit = try Self.number(argument, arguments.next())
      case let option where option.hasPrefix("-"):
        throw RetrievalError("there is no option \(option)\n\(Self.usage)")
      default: queries.append(argument)
      }
    }
    if queries.isEmpty { throw RetrievalError("nothing to search for\n\(Self.usage)") }
  }

  private static func number(_ option: String, _ text: String?) throws -> Int {
    guard let text, let number = Int(text), number > 0 else {
      throw RetrievalError("\(option) wants a number of at least 1\n\(usage)")
    }
    return number
  }
}
