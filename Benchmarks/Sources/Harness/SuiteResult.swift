/// What a suite measured.
public struct SuiteResult {
  let suite: String
  let notes: [String]
  let cases: [CaseResult]

  /// The targets that were not reached.
  public var missed: [String] { cases.filter { $0.met == false }.map(\.name) }
}

/// What a case measured, in milliseconds.
struct CaseResult {
  let name: String
  let rows: Int
  let times: Times
  /// Medians of what was timed in the same run, and figures from elsewhere.
  let references: [(label: String, milliseconds: Double)]
  /// Ours over theirs, of what was timed in the same run.
  let ratios: [(label: String, ratio: Double)]
  let target: String?
  let met: Bool?

  /// The result of a case, or nil if its contender was not run.
  init?(_ spec: Case, _ times: [String: Times]) {
    guard let ours = times[spec.contender] else { return nil }
    name = spec.name
    rows = spec.rows
    self.times = ours
    let live = spec.references.compactMap { reference in
      times[reference.contender].map { (reference.label, $0.median) }
    }
    references = live + spec.published.map { ($0.label, $0.milliseconds) }
    ratios = live.map { ($0.0, ours.median / $0.1) }
    target = spec.target?.text
    met = spec.target?.isMet(ours.median, times.mapValues(\.median))
  }
}
