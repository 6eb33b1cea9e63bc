import Columnar
import ColumnarCore

/// What a sample of a pipeline's items suggests: options for its nodes with the evidence for each,
/// and what costs time for nothing.
///
/// Printed, it is a decision tree per node with the branch taken marked:
///
/// ```swift
/// let advice = try pipeline.advise(on: text.each(texts))
/// print(advice)
/// let results = try pipeline.with(advice).map(text.each(texts))
/// ```
public struct Advice: Sendable, CustomStringConvertible {
  /// The options that are recommended, by the names of the nodes; of nodes within nested pipelines by
  /// their paths, `outer/inner`.
  ///
  /// What a node or the engine says itself goes before them.
  public let options: [String: UDFOptions]
  /// What costs time for nothing, and what might.
  public let warnings: [Warning]
  /// The items that were looked at.
  public let sampled: Int
  package let title: String
  package let nodes: [NodeAdvice]
  /// The paths of nested pipelines.
  package let nested: [String]

  /// Advice from what was measured, on a machine of so many cores.
  package init(
    pipeline: String, sampled: Int, items: Int, took: Duration = .zero, cores: Int,
    nested: [String] = [], _ measurements: [NodeMeasurement]
  ) {
    let rules = AdviceRules(cores: cores)
    let nodes = measurements.map(rules.advice)
    self.nodes = nodes
    self.nested = nested
    self.sampled = sampled
    title =
      "Advice for the pipeline \"\(pipeline)\", from \(FigureText.grouped(sampled)) of "
      + "\(FigureText.grouped(items)) items in \(FigureText.duration(took)), "
      + FigureText.count(cores, "core")
    options = Dictionary(
      nodes.filter { $0.options != UDFOptions() }.map { ($0.node, $0.options) },
      uniquingKeysWith: { a, _ in a })
    warnings = nodes.flatMap(\.warnings)
  }
}

extension Advice {
  /// Something about a node that costs time for nothing, or may.
  public struct Warning: Sendable, Hashable, CustomStringConvertible {
    /// What is wrong.
    public enum Kind: String, Sendable, Hashable {
      /// A state is made more often than it has to be.
      case stateMadeOften
      /// A closure that takes no state may build something for every row or batch.
      case mayBuildInClosure
      /// Calls cost more than a fifth of the time, besides their rows.
      case batchesTooSmall
      /// More workers than do any good.
      case tooManyWorkers
      /// Handing rows to a process costs more than the rows.
      case isolationOfCheapRows
      /// A process for calls that only wait.
      case isolationOfWaiting
    }

    /// What is wrong.
    public let kind: Kind
    /// The node.
    public let node: String
    /// Whether it was observed; else it is a hint, which may be wrong.
    public let isCertain: Bool
    /// What was seen, and how to mend it.
    public let message: String

    public var description: String {
      "\(isCertain ? "Warning" : "Hint"), \"\(node)\": \(message)"
    }
  }
}

/// What is advised for one node.
package struct NodeAdvice: Sendable {
  /// A question of the tree, with the answer that the sample gave.
  package struct Question: Sendable {
    package let text: String
    package let isYes: Bool
    /// What follows from a yes and from a no.
    package let yes: String
    package let no: String
    /// What was measured.
    package let evidence: String
  }

  package let node: String
  package let summary: String
  package var questions: [Question] = []
  /// What is recommended, each with its reason.
  package var choices: [(option: String, reason: String)] = []
  package var options = UDFOptions()
  package var warnings: [Advice.Warning] = []
  package var gaps: [String] = []
}
