/// Which item an event is about: its number in the run, and inside of nested pipelines that are
/// mapped over lists the numbers of the elements on the way to it.
public struct ItemPath: Sendable, Hashable, CustomStringConvertible {
  /// The number of the item that the run goes over, counted from zero.
  public let item: Int
  /// The element of the item's list, then the element of that one's list, and so on; none outside of
  /// mapped nested pipelines.
  public let elements: [Int]

  /// The item of a number, or an element inside of it.
  public init(_ item: Int, elements: [Int] = []) {
    self.item = item
    self.elements = elements
  }

  /// An element of the list that this one is.
  package func element(_ number: Int) -> ItemPath { ItemPath(item, elements: elements + [number]) }

  /// Such as `5`, or `5[2][0]`.
  public var description: String { "\(item)" + elements.map { "[\($0)]" }.joined() }
}

extension ItemPath: Comparable {
  public static func < (a: ItemPath, b: ItemPath) -> Bool {
    a.item != b.item ? a.item < b.item : a.elements.lexicographicallyPrecedes(b.elements)
  }
}
