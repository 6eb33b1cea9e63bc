import ColumnarCore

#if canImport(FoundationEssentials)
  public import FoundationEssentials
#else
  public import Foundation
#endif

/// A user's errors in messages.
package enum ErrorText {
  /// What an error says of itself: its description for people where it has one; without the full stop
  /// at its end, as more of the message follows.
  package static func of(_ error: any Error) -> String {
    let text = (error as? any LocalizedError)?.errorDescription ?? "\(error)"
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}

extension ColumnarError: LocalizedError {
  /// All that the error says, as `description`.
  public var errorDescription: String? { description }
}
