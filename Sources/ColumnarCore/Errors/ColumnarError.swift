/// The one error type of the engine: what went wrong, where, and how to mend it.
///
/// `code` says who is at fault and is meant for programs; `message` is meant for people; `context`
/// is the chain of places the error passed through, innermost first.
public struct ColumnarError: Error, Sendable {
  /// What kind of failure this is.
  public let code: Code
  /// What went wrong and how it may be mended, in one or two sentences.
  public let message: String
  /// Where it went wrong, innermost place first.
  public private(set) var context: [Place]
  /// The error of the operating system or of a user's closure that caused this one.
  public let underlying: (any Error)?

  /// Makes an error of `code` with a message for people.
  public init(
    _ code: Code, _ message: String, context: [Place] = [], underlying: (any Error)? = nil
  ) {
    self.code = code
    self.message = message
    self.context = context
    self.underlying = underlying
  }

  /// The same error with one more, outer, place.
  public func at(_ place: Place) -> ColumnarError {
    var copy = self
    copy.context.append(place)
    return copy
  }

  /// `error` itself when it is a `ColumnarError`, else one that wraps it under `code`.
  public static func wrapping(_ error: any Error, as code: Code) -> ColumnarError {
    if let known = error as? ColumnarError { return known }
    return ColumnarError(code, "\(error)", underlying: error)
  }
}

extension ColumnarError {
  /// One link of an error's context chain.
  public struct Place: Sendable, Hashable, CustomStringConvertible {
    package enum Kind: Sendable, Hashable {
      case file(path: String, offset: Int?)
      case plan(String)
      case expression(String)
      case node(String)
      case row(Int)
      case rows(Range<Int>)
      case element(Int)
    }
    package let kind: Kind

    /// A file, with the byte offset where it is known.
    public static func file(_ path: String, offset: Int? = nil) -> Place {
      Place(kind: .file(path: path, offset: offset))
    }
    /// An operator of the plan.
    public static func plan(_ name: String) -> Place { Place(kind: .plan(name)) }
    /// An expression, as text.
    public static func expression(_ text: String) -> Place { Place(kind: .expression(text)) }
    /// A node of a pipeline or a registered UDF.
    public static func node(_ name: String) -> Place { Place(kind: .node(name)) }
    /// A row, counted from zero in the failing operator's input.
    public static func row(_ index: Int) -> Place { Place(kind: .row(index)) }
    /// The rows of a batch that failed as a whole, counted likewise.
    public static func rows(_ range: Range<Int>) -> Place { Place(kind: .rows(range)) }

    /// An element of a list that a nested pipeline is mapped over; the list is that of the row that
    /// follows.
    public static func element(_ index: Int) -> Place { Place(kind: .element(index)) }

    public var description: String {
      switch kind {
      case .file(let path, let offset?): "file \(path), byte \(offset)"
      case .file(let path, nil): "file \(path)"
      case .plan(let name): name.hasPrefix("pipeline ") ? name : "operator \(name)"
      case .expression(let text): "expression \(text)"
      case .node(let name): "node \"\(name)\""
      case .row(let index): "row \(index)"
      case .rows(let range): "rows \(range)"
      case .element(let index): "element \(index)"
      }
    }
  }

  /// The row that failed, where one is known; of a batch that failed as a whole its first.
  ///
  /// It is counted in what reached the operator or function that failed: where a filter went first,
  /// without the rows that it dropped.
  public var row: Int? {
    for place in context {
      if case .row(let index) = place.kind { return index }
      if case .rows(let range) = place.kind { return range.lowerBound }
    }
    return nil
  }

  /// The same error with another place for each row in it.
  package func replacingRows(_ place: () -> Place) -> ColumnarError {
    var copy = self
    copy.context = context.map {
      switch $0.kind {
      case .row, .rows: place()
      default: $0
      }
    }
    return copy
  }

  /// The same error without the rows in it, where nobody knows which those are for the user.
  package var withoutRows: ColumnarError {
    var copy = self
    copy.context.removeAll { place in
      switch place.kind {
      case .row, .rows: true
      default: false
      }
    }
    return copy
  }

  /// The same error with its row number moved by `offset`, as a batch learns its place in the input.
  package func shiftingRow(by offset: Int) -> ColumnarError {
    var copy = self
    copy.context = context.map { place in
      switch place.kind {
      case .row(let index): .row(index + offset)
      case .rows(let range): .rows(range.lowerBound + offset..<range.upperBound + offset)
      default: place
      }
    }
    return copy
  }
}

extension ColumnarError: CustomStringConvertible {
  public var description: String {
    let places = placeTexts.joined(separator: ", in ")
    return places.isEmpty ? "\(code): \(message)" : "\(code): \(message) (at \(places))"
  }

  /// The places, with a function's row and the function as one: the row is counted in what reached
  /// it.
  private var placeTexts: [String] {
    var texts: [String] = []
    var last: Place.Kind?
    for place in context {
      switch (last, place.kind) {
      case (.row?, .node), (.rows?, .node):
        texts[texts.count - 1] += " of those that reached \(place)"
      default: texts.append(place.description)
      }
      last = place.kind
    }
    return texts
  }
}
