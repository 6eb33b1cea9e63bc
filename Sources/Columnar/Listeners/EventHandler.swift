/// Hands events to a closure.
///
/// ```swift
/// let failures = EventHandler(.nodes) { event in
///   if case .itemsFailed(_, let error) = event.kind { report(error) }
/// }
/// ```
public struct EventHandler: RunListener {
  public let detail: RunDetail
  private let body: @Sendable (RunEvent) -> Void

  /// A listener that hears so much; `body` is called on the thread that did the work.
  public init(_ detail: RunDetail = .batches, _ body: @escaping @Sendable (RunEvent) -> Void) {
    self.detail = detail
    self.body = body
  }

  public func receive(_ event: RunEvent) { body(event) }
}
