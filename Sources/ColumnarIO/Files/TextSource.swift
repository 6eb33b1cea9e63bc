/// An opened file of rows of text.
package protocol TextSource: FileSource {
  /// The bad rows left out so far, where the options ask to collect them.
  var rejects: RowRejects { get }
}
