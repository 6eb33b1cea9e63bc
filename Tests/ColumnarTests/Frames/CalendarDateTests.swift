import Testing

@testable import Columnar
@testable import ColumnarCore

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Days as Swift values, of date columns and of text.
@Suite struct CalendarDateTests {
  struct Row: Codable, Equatable {
    var day: CalendarDate?
    var n: Int
  }
  struct Texts: Decodable, Equatable { var day: String? }
  struct Instants: Decodable, Equatable { var day: Date? }

  private func frame() throws -> DataFrame {
    try DataFrame(
      [
        "day": [CalendarDate(year: 2026, month: 11, day: 23), nil], "n": [1, 2],
      ] as KeyValuePairs)
  }

  @Test func partsAndText() throws {
    let day = try #require(CalendarDate(year: 2024, month: 2, day: 29))
    #expect((day.year, day.month, day.day) == (2024, 2, 29))
    #expect("\(day)" == "2024-02-29" && CalendarDate("2024-02-29") == day)
    #expect(CalendarDate(year: 2023, month: 2, day: 29) == nil)
    #expect(CalendarDate(year: .max, month: 1, day: 1) == nil)
    #expect(CalendarDate("2010-13-01") == nil && CalendarDate("") == nil)
    for days in [Int32.min, -719_529, -1, 0, 20_000, .max] {
      let date = CalendarDate(daysSinceEpoch: days)
      #expect(CalendarDate(date.description) == date)
      if abs(date.year) <= 5_000_000 {
        #expect(CalendarDate(year: date.year, month: date.month, day: date.day) == date)
      }
    }
    #expect(CalendarDate(year: .min, month: 1, day: 1) == nil)
  }

  @Test func rowsOfDates() throws {
    let frame = try frame()
    let day = CalendarDate(year: 2026, month: 11, day: 23)
    #expect(try frame.rows(as: Row.self) == [Row(day: day, n: 1), Row(day: nil, n: 2)])
    #expect(try frame.rows(as: Texts.self) == [Texts(day: "2026-11-23"), Texts(day: nil)])
    let instant = try #require(day).daysSinceEpoch
    let midnight = Date(timeIntervalSince1970: Double(instant) * 86_400)
    #expect(try frame.rows(as: Instants.self) == [Instants(day: midnight), Instants(day: nil)])
    #expect(try Array(frame["day", as: Date?.self]) == [midnight, nil])
    #expect(try Array(frame["day", as: CalendarDate?.self]) == [day, nil])
    #expect(try Array(frame.slice(0..<1)["day", as: Date.self]) == [midnight])
  }

  @Test func textAsDates() throws {
    let frame = try DataFrame(["day": ["2026-11-23", nil], "n": [1, 2]] as KeyValuePairs)
    #expect(try frame.rows(as: Row.self).map { $0.day?.day } == [23, nil])
    let wrong = try DataFrame(["day": ["nonsense"], "n": [1]] as KeyValuePairs)
    let error = #expect(throws: ColumnarError.self) { try wrong.rows(as: Row.self) }
    #expect(error?.message.contains("\"nonsense\" is no date") == true)
  }
}
