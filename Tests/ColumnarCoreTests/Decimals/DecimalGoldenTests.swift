import ColumnarCore
import Foundation
import Testing

/// Kernels on decimals, held against Python's `decimal` (make_decimals.py).
@Suite("Decimals like Python's")
struct DecimalGoldenTests {
  /// One line of decimals.txt.
  struct Line {
    let words: [String]
    var operation: String { words[0] }
    /// The result, nil where it does not fit.
    var result: String? { words[words.count - 1] == "-" ? nil : words[words.count - 1] }

    func type(_ at: Int) throws -> DataType {
      try .decimal(
        precision: #require(Int(words[at])), scale: #require(Int(words[at + 1])))
    }

    /// A column of one row of the type and value that begin there.
    func column(_ at: Int) throws -> Column {
      let type = try type(at)
      let value = try #require(Decimal128(words[at + 2]))
      let rescaled = try #require(value.rescaled(to: type.decimalDigits?.scale ?? 0))
      return Column(type: type, values: Buffer(copying: [rescaled.unscaled]), count: 1)
    }
  }

  static func lines(_ operations: Set<String>) throws -> [Line] {
    let path = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("decimals.txt")
    let lines = try String(contentsOf: path, encoding: .utf8).split(separator: "\n").map {
      Line(words: $0.split(separator: " ").map(String.init))
    }.filter { operations.contains($0.operation) }
    #expect(lines.count >= 80)
    return lines
  }

  /// What a kernel makes of a line, also as one row of several and as a constant.
  private func expect(
    _ line: Line, _ made: (Int) throws -> Column, sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let note: Comment = "\(line.words.joined(separator: " "))"
    for count in [1, 3] {
      do {
        let column = try made(count)
        #expect(column.text(at: count - 1) == line.result, note, sourceLocation: sourceLocation)
      } catch let error as ColumnarError {
        #expect(line.result == nil, "\(note): \(error)", sourceLocation: sourceLocation)
        #expect([.overflow, .invalidValue].contains(error.code), note)
        #expect(error.row != nil || count == 3, note, sourceLocation: sourceLocation)
      } catch { Issue.record(error) }
    }
  }

  /// `count` rows of a value: plain for one, else a constant.
  private func rows(_ column: Column, _ count: Int) -> Column {
    count == 1 ? column : .constant(column, count: count)
  }

  @Test func arithmetic() throws {
    let operators: [String: ArithmeticOperator] = [
      "+": .add, "-": .subtract, "*": .multiply, "div": .integerDivide, "%": .remainder,
    ]
    for line in try Self.lines(Set(operators.keys)) {
      let op = try #require(operators[line.operation])
      let (a, b) = (try line.column(1), try line.column(4))
      #expect(try op.resultType(a.type, b.type) == line.type(7), "\(line.words)")
      expect(line) { try rows(a, $0).arithmetic(op, b.repeated($0)) }
    }
  }

  @Test func casts() throws {
    for line in try Self.lines(["cast"]) {
      let (column, type) = (try line.column(1), try line.type(4))
      expect(line) { try rows(column, $0).cast(to: type, strict: true) }
      #expect(
        try column.cast(to: type, strict: false).text(at: 0) == line.result ?? "null",
        "\(line.words)")
    }
  }

  @Test func doubles() throws {
    for line in try Self.lines(["from"]) {
      let number = Double(bitPattern: try #require(UInt64(line.words[1], radix: 16)))
      let column = Column(type: .float64, values: Buffer(copying: [number]), count: 1)
      let type = try line.type(2)
      expect(line) { try rows(column, $0).cast(to: type, strict: true) }
    }
    for line in try Self.lines(["to"]) {
      let number = try line.column(1).cast(to: .float64, strict: true)
      let bits = try #require(UInt64(line.result ?? "", radix: 16))
      #expect(PrimitiveView<Double>(number)[0].bitPattern == bits, "\(line.words)")
    }
  }

  @Test func texts() throws {
    for line in try Self.lines(["parse"]) {
      var builder = BytesBuilder(capacity: 1)
      builder.append(line.words[1])
      let (column, type) = (builder.finish(), try line.type(2))
      expect(line) { try rows(column, $0).cast(to: type, strict: true) }
    }
    for text in ["", "-", ".", "1.2.3", "e5", "1e", "1e+", "0x1", " 1", "1 ", "1_0", "nan", "inf"] {
      #expect(Decimal128(text) == nil, "\(text)")
      text.utf8.withContiguousStorageIfAvailable {
        #expect(TextParsing.decimal(UnsafeRawBufferPointer($0), scale: 2) == nil, "\(text)")
      }
    }
  }

  @Test func comparisons() throws {
    let operators: [ComparisonOperator] = [
      .equal, .notEqual, .less, .lessOrEqual, .greater, .greaterOrEqual,
    ]
    for line in try Self.lines(["compare"]) {
      let (a, b) = (try line.column(1), try line.column(4))
      let order = try #require(Int(line.result ?? ""))
      for op in operators {
        let expected =
          switch op {
          case .equal: order == 0
          case .notEqual: order != 0
          case .less: order < 0
          case .lessOrEqual: order <= 0
          case .greater: order > 0
          default: order >= 0
          }
        #expect(try a.compared(op, b).bits[0] == expected, "\(line.words) \(op)")
        let constant = try a.repeated(3).compared(op, .constant(b, count: 3))
        #expect(constant.decoded().bits[2] == expected, "\(line.words) \(op)")
      }
      let (x, y) = (
        try #require(Decimal128(line.words[3])), try #require(Decimal128(line.words[6]))
      )
      #expect((x == y) == (order == 0) && (x < y) == (order < 0), "\(line.words)")
      if x == y { #expect(x.hashValue == y.hashValue) }
    }
  }

  @Test func rounding() throws {
    for line in try Self.lines(["round", "floor", "ceil"]) {
      let column = try line.column(1)
      let digits = try #require(Int(line.words[4]))
      expect(line) {
        let rows = rows(column, $0)
        return switch line.operation {
        case "round": try rows.rounded(digits: digits)
        case "floor": try rows.floor()
        default: try rows.ceil()
        }
      }
    }
  }
}

extension Column {
  /// The first row, plain, so many times.
  fileprivate func repeated(_ count: Int) -> Column {
    taking(RowIndices([Int32](repeating: 0, count: count)))
  }
}
