import ColumnarCore
import ColumnarTesting
import MiniParquet
import Testing

@testable import ColumnarIO

/// Decimals that pyarrow does not write, or that no writer should.
@Suite struct ParquetDecimalTests {
  private func values(_ mini: MiniParquet) throws -> [String] {
    try ParquetTesting.values(of: ParquetTesting.file(mini.file))[0].map(\.description)
  }

  /// A page of values of any length.
  private func page(_ values: [[UInt8]]) -> [UInt8] {
    values.flatMap { value in
      (0..<4).map { UInt8(truncatingIfNeeded: value.count >> (8 * $0)) } + value
    }
  }

  @Test func bytesOfAnyLength() throws {
    var mini = MiniParquet(physical: 6, repetition: 0)
    mini.decimal = (38, 2)
    let written: [[UInt8]] = [
      [], [5], [0xFF], [0x80], [1, 0], [0xFF, 0x38],
      [0, 0, 0, 0, 0, 0, 0, 0, 1], [UInt8](repeating: 0xFF, count: 13) + [0xFE],
      [0] + [0x4B] + [UInt8](repeating: 0, count: 15), [UInt8](repeating: 0xFF, count: 20),
    ]
    mini.page = page(written)
    (mini.rows, mini.values) = (written.count, written.count)
    let huge = Decimal128(unscaled: Int128(0x4B) << 120, scale: 2).description
    #expect(
      try values(mini) == [
        "0.00", "0.05", "-0.01", "-1.28", "2.56", "-2.00", "0.01", "-0.02", huge, "-0.01",
      ])
    for tooLong in [
      [1] + [UInt8](repeating: 0, count: 16), [0, 0x80] + [UInt8](repeating: 0, count: 15),
      [0xFF, 0x7F] + [UInt8](repeating: 0, count: 15),
    ] {
      mini.page = page([tooLong])
      (mini.rows, mini.values) = (1, 1)
      let error = #expect(throws: ColumnarError.self) { try values(mini) }
      #expect(error?.code == .corruptFile)
    }
  }

  @Test func bytesInADictionary() throws {
    var mini = MiniParquet(physical: 6, repetition: 0)
    mini.decimal = (10, 1)
    mini.dictionary = (page([[1], [0xFF], [1, 0, 0]]), 3)
    mini.encoding = 8
    (mini.rows, mini.values) = (4, 4)
    // Codes 2, 2, 2, 2 as one run.
    mini.page = [2, 8, 2]
    #expect(try values(mini) == ["6553.6", "6553.6", "6553.6", "6553.6"])
    let column = try ParquetTesting.file(mini.file).columns[0]
    #expect(column.type == .decimal128(10, scale: 1))
  }

  @Test func longFixedBytes() throws {
    var mini = MiniParquet(physical: 7, repetition: 0)
    (mini.typeLength, mini.decimal) = (17, (38, 0))
    mini.page = [UInt8](repeating: 0xFF, count: 17) + [UInt8](repeating: 0, count: 16) + [9]
    (mini.rows, mini.values) = (2, 2)
    #expect(try values(mini) == ["-1", "9"])
    mini.page[0] = 0
    #expect(throws: ColumnarError.self) { try values(mini) }
  }

  @Test(arguments: [(0, 0), (-3, 0), (5, 6)])
  func digitsThatMakeNoSense(_ precision: Int, _ scale: Int) {
    var mini = MiniParquet(physical: 1, repetition: 0)
    mini.decimal = (precision, scale)
    mini.page = [1, 0, 0, 0]
    let error = #expect(throws: ColumnarError.self) { try values(mini) }
    #expect(error?.code == .corruptFile)
  }

  @Test(arguments: [(39, 2), (5, -1)])
  func digitsThatAreNotHeld(_ precision: Int, _ scale: Int) {
    var mini = MiniParquet(physical: 1, repetition: 0)
    mini.decimal = (precision, scale)
    mini.page = [1, 0, 0, 0]
    let error = #expect(throws: ColumnarError.self) { try values(mini) }
    #expect(error?.code == .unsupported && error?.message.contains("decimal") == true)
  }

  /// Row groups are left out by their bounds, which pyarrow wrote, whatever the physical form.
  @Test(arguments: ["decimals-pages", "decimals-sorted", "decimals-sorted-integer"])
  func bounds(_ name: String) throws {
    let folder = "\(ParquetTesting.folder)/Golden/files"
    let file = try ParquetFile(path: "\(folder)/\(name).parquet")
    let groups = file.metadata.rowGroups.indices
    #expect(groups.count > 2)
    let operators: [ComparisonOperator] = [.equal, .less, .lessOrEqual, .greater, .greaterOrEqual]
    var excluded = 0
    for (index, field) in file.columns.fields.enumerated() where field.type.isDecimal {
      var rows: [[Value]] = []
      for group in groups {
        rows.append([])
        for part in ParquetPart.cut(file, group: group, columns: [index], rows: 1 << 17) {
          try part.read(ReadRequest(columns: [index]), batchRows: 8192) { batch in
            rows[group] += Value.rows(of: batch.columns[0])
            return true
          }
        }
      }
      let tested = rows.flatMap { $0.prefix(6) } + [.decimal(0)]
      for case .decimal(let value) in tested {
        let column = Decimal128.column(exactly: [value])
        for op in operators {
          let condition = RowCondition.column(
            ColumnCondition(column: index, test: .compare(op, column)))
          for group in groups where file.exclusion(condition, group: group) != nil {
            excluded += 1
            let matches = rows[group].contains {
              Oracle.compared(op, $0, .decimal(value)) == .bool(true)
            }
            #expect(!matches, "\(name) \(field.name) \(op) \(value), group \(group)")
          }
        }
      }
    }
    #expect(excluded > 0)
  }
}
