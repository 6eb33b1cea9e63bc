import ColumnarCore

/// An aggregate that takes whole batches: it keeps the states of many groups itself, as it likes.
///
/// Every thread makes its own; at the end they are merged. Groups are numbered from zero.
///
/// ```swift
/// struct Largest: GroupedAggregate {
///   var values: [Double] = []
///   mutating func grow(to groupCount: Int) {
///     values += Array(repeating: -.infinity, count: groupCount - values.count)
///   }
///   mutating func update(_ column: ColumnView<Double>, groups: GroupNumbers) {
///     for (value, group) in zip(column, groups) { values[group] = max(values[group], value) }
///   }
///   mutating func merge(_ other: Largest, groups: GroupPairs) {
///     for (from, into) in groups { values[into] = max(values[into], other.values[from]) }
///   }
///   func finish() -> [Double] { values }
/// }
/// let largest = UDF.aggregate("largest") { Largest() }
/// ```
public protocol GroupedAggregate: Sendable {
  /// What is aggregated; rows with a null are left out unless it is optional.
  associatedtype Value: ColumnValue
  /// What comes out for each group.
  associatedtype Result: ColumnValue

  /// Makes room for groups up to `groupCount`, always before a number is used; never fewer than
  /// before.
  mutating func grow(to groupCount: Int)
  /// Adds each row to its group: as many numbers as values.
  mutating func update(_ values: ColumnView<Value>, groups: GroupNumbers) throws
  /// Adds groups of another aggregate to groups of this one, in pairs; some of its groups may be
  /// left out.
  mutating func merge(_ other: Self, groups: GroupPairs) throws
  /// The results, one per group.
  func finish() throws -> [Result]
}

/// The number of each row's group.
///
/// Valid for the time of the call that it is given to.
public struct GroupNumbers: RandomAccessCollection {
  @usableFromInline let start: UnsafePointer<UInt32>
  public let endIndex: Int
  @inlinable public var startIndex: Int { 0 }

  init(start: UnsafePointer<UInt32>, count: Int) {
    self.start = start
    endIndex = count
  }

  @inlinable
  public subscript(row: Int) -> Int {
    precondition(row >= 0 && row < endIndex, "row out of range")
    return Int(start[row])
  }
}

/// Groups of one aggregate, and the groups of another that they belong to.
///
/// Valid for the time of the call that it is given to.
public struct GroupPairs: RandomAccessCollection {
  @usableFromInline let sources: UnsafePointer<Int64>
  @usableFromInline let targets: UnsafePointer<UInt32>
  public let endIndex: Int
  @inlinable public var startIndex: Int { 0 }

  init(sources: UnsafePointer<Int64>, targets: UnsafePointer<UInt32>, count: Int) {
    self.sources = sources
    self.targets = targets
    endIndex = count
  }

  @inlinable
  public subscript(position: Int) -> (from: Int, into: Int) {
    precondition(position >= 0 && position < endIndex, "position out of range")
    return (Int(sources[position]), Int(targets[position]))
  }
}
