/// What the program is asked to do.
struct CommandLineOptions {
  static let usage = """
    usage: columnar-retrieval [--top COUNT] [--limit GLOSSES] TEXT...
           columnar-retrieval --measure GLOSSES [--print-texts]

      --top COUNT      how many glosses to show for each text; 10 if not given
      --limit GLOSSES  search the first so many glosses only: quicker the first time
      --measure GLOSSES  say how long so many glosses from all over take to embed
      --print-texts      print those glosses instead
    """

  var queries: [String] = []
  var count = 10
  var limit = Int.max
  var measured: Int?
  var printsTexts = false

  /// - Throws: `RetrievalError` with the usage when the arguments make no sense.
  init(_ arguments: some Sequence<String>) throws {
    var arguments = arguments.makeIterator()
    while let argument = arguments.next() {
      switch argument {
      case "--top": count = try Self.number(argument, arguments.next())
      case "--limit": limit = try Self.number(argument, arguments.next())
      case "--measure": measured = try Self.number(argument, arguments.next())
      case "--print-texts": printsTexts = true
      case let option where option.hasPrefix("-"):
        throw RetrievalError("there is no option \(option)\n\(Self.usage)")
      default: queries.append(argument)
      }
    }
    if queries.isEmpty, measured == nil {
      throw RetrievalError("nothing to search for\n\(Self.usage)")
    }
  }

  private static func number(_ option: String, _ text: String?) throws -> Int {
    guard let text, let number = Int(text), number > 0 else {
      throw RetrievalError("\(option) wants a number of at least 1\n\(usage)")
    }
    return number
  }
}
