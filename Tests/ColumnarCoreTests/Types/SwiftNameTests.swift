import Testing

@testable import ColumnarCore

@Suite struct SwiftNameTests {
  struct Own<T> { var value: T }
  struct Arrayed {}

  @Test(
    arguments: [
      (Int.self, "Int"), ([Float].self, "[Float]"), (Int?.self, "Int?"), ([Int?]?.self, "[Int?]?"),
      ([String: [Double]].self, "[String: [Double]]"), (([Int], String?).self, "([Int], String?)"),
      (Own<[Int]>.self, "Own<[Int]>"), (Arrayed.self, "Arrayed"), ([[Arrayed]].self, "[[Arrayed]]"),
      (Set<Int?>.self, "Set<Int?>"), ((([Int]) -> Int?).self, "([Int]) -> Int?"),
      ((Int, [String: Int?]).self, "(Int, [String: Int?])"),
    ] as [(Any.Type, String)])
  func asWritten(_ type: Any.Type, _ name: String) {
    #expect(SwiftName.of(type) == name)
  }
}
