import ColumnarCore

/// One option of a command.
struct Option {
  /// With its dashes.
  let name: String
  var short: String?
  /// What its value is called in the help; nil for one that is on or off.
  var value: String?
  let help: String
}

/// The words of a call, told apart into operands and options.
struct Arguments {
  private(set) var operands: [String] = []
  private var values: [String: String] = [:]
  private var flags: Set<String> = []
  private let command: Command

  /// Options may stand anywhere, as `--name value` or `--name=value`; what follows `--` is no option.
  init(_ command: Command, _ words: [String]) throws {
    self.command = command
    var words = words[...]
    while let word = words.popFirst() {
      if word == "--" {
        operands += words
        break
      }
      guard word.hasPrefix("-"), word != "-" else {
        operands.append(word)
        continue
      }
      try add(word, &words)
    }
    guard !isOn("--help") else { return }
    guard operands.count == command.operands.count else {
      let wanted = command.operands.joined(separator: " ")
      throw UsageError(
        operands.count < command.operands.count
          ? "\(command.name) needs \(wanted)."
          : "\(command.name) takes \(wanted) and nothing more, but there is also \"\(operands[command.operands.count])\".",
        command: command.name)
    }
  }

  private mutating func add(_ word: String, _ words: inout ArraySlice<String>) throws {
    let (name, attached) = Self.parts(word)
    guard let option = command.allOptions.first(where: { $0.name == name || $0.short == name })
    else {
      let names = command.allOptions.map(\.name)
      let near = Suggestion.nearest(to: name, among: names)
      throw UsageError(
        "\(command.name) has no option \(name). "
          + (near.map { "Did you mean \($0)?" } ?? "It has \(names.joined(separator: ", "))."),
        command: command.name)
    }
    guard option.value != nil else {
      guard attached == nil else {
        throw UsageError("\(option.name) takes no value.", command: command.name)
      }
      flags.insert(option.name)
      return
    }
    let value = attached ?? words.popFirst()
    guard let value else {
      throw UsageError("\(option.name) needs a value.", command: command.name)
    }
    guard values.updateValue(value, forKey: option.name) == nil else {
      throw UsageError("\(option.name) is given twice.", command: command.name)
    }
  }

  /// An option's name and the value that is attached to it: `--rows=5`, `-n5`, `-n=5`.
  private static func parts(_ word: String) -> (name: String, value: String?) {
    let end =
      word.hasPrefix("--")
      ? word.firstIndex(of: "=") ?? word.endIndex
      : word.index(word.startIndex, offsetBy: 2, limitedBy: word.endIndex) ?? word.endIndex
    guard end < word.endIndex else { return (word, nil) }
    let value = word[end...]
    return (String(word[..<end]), String(value.hasPrefix("=") ? value.dropFirst() : value))
  }

  func isOn(_ name: String) -> Bool { flags.contains(name) }

  func value(_ name: String) -> String? { values[name] }

  /// What is wrong with this call.
  func wrong(_ message: String) -> UsageError { UsageError(message, command: command.name) }

  /// A whole number that is not negative.
  func number(_ name: String) throws -> Int? {
    guard let text = values[name] else { return nil }
    guard let number = Int(text), number >= 0 else {
      throw UsageError("\(name) needs a whole number, not \"\(text)\".", command: command.name)
    }
    return number
  }

  /// Names with commas between them.
  func names(_ name: String) throws -> [String]? {
    guard let text = values[name] else { return nil }
    let names = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard !names.contains("") else {
      throw UsageError("\(name) needs names with commas between them.", command: command.name)
    }
    return names
  }

  /// One of some words.
  func choice<Choice: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Choice.Type
  ) throws -> Choice? where Choice.RawValue == String {
    guard let text = values[name] else { return nil }
    if let choice = Choice(rawValue: text) { return choice }
    let known = Choice.allCases.map(\.rawValue)
    let near = Suggestion.nearest(to: text, among: known)
    throw UsageError(
      "\(name) is one of \(known.joined(separator: ", ")), not \"\(text)\"."
        + (near.map { " Did you mean \($0)?" } ?? ""), command: command.name)
  }
}
