extension ColumnarError {
  /// What kind of failure an error is; more may be added, so a `switch` over codes needs a default.
  public struct Code: Hashable, Sendable, CustomStringConvertible {
    package let name: String

    package init(name: String) { self.name = name }

    /// A name that no column of the schema has.
    public static let columnNotFound = Code(name: "column not found")
    /// An operation on types that it is not defined for.
    public static let typeMismatch = Code(name: "type mismatch")
    /// A plan, expression or pipeline that makes no sense, whatever the data.
    public static let invalidPlan = Code(name: "invalid plan")
    /// Two names that should differ.
    public static let duplicateName = Code(name: "duplicate name")
    /// Columns or lists of unequal length.
    public static let lengthMismatch = Code(name: "length mismatch")
    /// Arithmetic that left its type, or a division by zero.
    public static let overflow = Code(name: "overflow")
    /// A value that does not fit the type it is cast or parsed to.
    public static let invalidValue = Code(name: "invalid value")
    /// A null where a value was asked for.
    public static let unexpectedNull = Code(name: "unexpected null")
    /// An index beyond the end.
    public static let outOfBounds = Code(name: "out of bounds")
    /// An error thrown by a user-defined function.
    public static let udf = Code(name: "user-defined function failed")
    /// A call of a user-defined function that took longer than its timeout.
    public static let timeout = Code(name: "timeout")
    /// A worker process that ended in the middle of a call.
    public static let workerCrashed = Code(name: "worker process crashed")
    /// More rows failed than a function's error budget allows.
    public static let errorBudgetExceeded = Code(name: "error budget exceeded")
    /// A failure of the operating system on a file.
    public static let io = Code(name: "input/output failed")
    /// A file whose bytes break its format.
    public static let corruptFile = Code(name: "corrupt file")
    /// Not enough memory or another bounded resource.
    public static let resourcesExhausted = Code(name: "resources exhausted")
    /// The query was cancelled.
    public static let cancelled = Code(name: "cancelled")
    /// A thing that the engine does not do.
    public static let unsupported = Code(name: "unsupported")
    /// A defect of the engine itself: please report it.
    public static let `internal` = Code(name: "internal error, please report it")

    public var description: String { name }
  }
}
