/// A line of the results: one contender, what it is compared with, and what it has to reach.
public struct Case {
  /// The name that results are known by; it stays.
  public let name: String
  let rows: Int
  /// The contender that is ours.
  let contender: String
  /// Label and contender of what was timed in the same run.
  let references: [(label: String, contender: String)]
  /// Label and milliseconds of figures from elsewhere; they are in no ratio.
  let published: [(label: String, milliseconds: Double)]
  let target: Target?

  /// A case of the contender of that key, or of its own name.
  public init(
    _ name: String, rows: Int, contender: String? = nil,
    references: KeyValuePairs<String, String> = [:],
    published: KeyValuePairs<String, Double> = [:], target: Target? = nil
  ) {
    self.name = name
    self.rows = rows
    self.contender = contender ?? name
    self.references = references.map { ($0.key, $0.value) }
    self.published = published.map { ($0.key, $0.value) }
    self.target = target
  }

  /// As above, of references that are made up while the program runs.
  public init(
    _ name: String, rows: Int, references: [(label: String, contender: String)],
    target: Target? = nil
  ) {
    self.name = name
    self.rows = rows
    contender = name
    self.references = references
    published = []
    self.target = target
  }
}

/// Contenders that take turns (A B A B …), and the cases that come of their times.
public struct Group: Sendable {
  /// What `--only` looks in, together with the names of its cases.
  public let name: String
  let make: @Sendable () throws -> Content

  /// What a group runs.
  public struct Content {
    let contenders: [Contender]
    let cases: [Case]

    /// Contenders in the order of their turns.
    public init(contenders: [Contender], cases: [Case]) {
      self.contenders = contenders
      self.cases = cases
    }
  }

  /// A group whose data is made when its turn comes and freed after it.
  public init(_ name: String, _ make: @escaping @Sendable () throws -> Content) {
    self.name = name
    self.make = make
  }
}

/// Groups under one name, whose results go into one file.
public struct Suite: Sendable {
  /// The name, as in `make bench SUITE=name`.
  public let name: String
  let groups: [Group]
  /// What a reader should know, printed under the table.
  let notes: [String]

  /// A suite of groups.
  public init(_ name: String, notes: [String] = [], _ groups: [Group]) {
    self.name = name
    self.groups = groups
    self.notes = notes
  }
}
