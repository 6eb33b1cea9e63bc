/// A sink that makes a file, or several.
package protocol WritingSink: Sink {
  /// The rows written so far.
  var rowCount: Int { get }
  /// Writes the rest; called once, when all threads are done.
  func finish(_ query: QueryContext) throws
  /// Makes what was written appear; called once, last.
  func commit() throws
}
