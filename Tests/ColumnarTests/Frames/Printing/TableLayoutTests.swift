import Testing

@testable import Columnar

@Suite struct TableLayoutTests {
  private let fruit = [
    TableLayout.Column(
      name: "id", type: "int", alignment: .right, head: ["1", "2"], tail: ["999"]),
    TableLayout.Column(
      name: "name", type: "string", head: ["apple", "line\nbreak"], tail: ["漢字"]),
    TableLayout.Column(
      name: "price", type: "double", alignment: .decimal, head: ["0.25", "null"], tail: ["12.5"]),
  ]

  private func wide(_ count: Int) -> [TableLayout.Column] {
    (0..<count).map { TableLayout.Column(name: "column\($0)", type: "int", head: ["\($0)"]) }
  }

  private func lines(_ layout: TableLayout) -> [Substring] {
    layout.render().split(separator: "\n")
  }

  @Test func drawsHeaderRowsAndShape() {
    let table = TableLayout(columns: fruit, rowCount: 1_000)
    #expect(
      table.render() == """
        shape: (1_000, 3)
        ╭─────┬─────────────┬────────╮
        │  id ┆ name        ┆  price │
        │ int ┆ string      ┆ double │
        ╞═════╪═════════════╪════════╡
        │   1 ┆ apple       ┆   0.25 │
        │   2 ┆ line\\nbreak ┆   null │
        │   … ┆ …           ┆      … │
        │ 999 ┆ 漢字        ┆  12.5  │
        ╰─────┴─────────────┴────────╯

        """)
  }

  @Test func drawsInASCII() {
    let table = TableLayout(
      columns: fruit, rowCount: 3, options: .init(maximumCellWidth: 8, style: .ascii))
    #expect(
      table.render() == """
        shape: (3, 3)
        +-----+---------+--------+
        |  id | name    |  price |
        | int | string  | double |
        +=====+=========+========+
        |   1 | apple   |   0.25 |
        |   2 | line... |   null |
        | 999 | 漢字    |  12.5  |
        +-----+---------+--------+

        """)
  }

  @Test func leavesOutMiddleColumnsWhenTooNarrow() {
    let table = TableLayout(
      columns: wide(20), rowCount: 1, options: .init(maximumWidth: 40, showsShape: false))
    #expect(
      table.render() == """
        ╭─────────┬─────────┬───┬──────────╮
        │ column0 ┆ column1 ┆ … ┆ column19 │
        │ int     ┆ int     ┆   ┆ int      │
        ╞═════════╪═════════╪═══╪══════════╡
        │ 0       ┆ 1       ┆ … ┆ 19       │
        ╰─────────┴─────────┴───┴──────────╯

        """)
  }

  @Test func shrinksLongTextBeforeLeavingOutColumns() {
    let text = String(repeating: "long ", count: 10)
    let table = TableLayout(
      columns: [
        .init(name: "a", type: "string", head: [text]),
        .init(name: "b", type: "int", alignment: .right, head: ["1234567890123456789"]),
        .init(name: "c", type: "string", head: ["short"]),
      ], rowCount: 1, options: .init(maximumWidth: 53, showsShape: false))
    #expect(
      table.render() == """
        ╭────────────────────┬─────────────────────┬────────╮
        │ a                  ┆                   b ┆ c      │
        │ string             ┆                 int ┆ string │
        ╞════════════════════╪═════════════════════╪════════╡
        │ long long long lo… ┆ 1234567890123456789 ┆ short  │
        ╰────────────────────┴─────────────────────┴────────╯

        """)
  }

  @Test func showsAnEmptyFrameAsHeader() {
    let empty = [TableLayout.Column(name: "a", type: "int", head: [])]
    #expect(
      TableLayout(columns: empty, rowCount: 0).render() == """
        shape: (0, 1)
        ╭─────╮
        │ a   │
        │ int │
        ╞═════╡
        ╰─────╯

        """)
    #expect(TableLayout(columns: [], rowCount: 0).render() == "shape: (0, 0)\n")
  }

  @Test func alignsDecimalPoints() {
    let table = TableLayout(
      columns: [
        .init(
          name: "x", type: "double", alignment: .decimal,
          head: ["1.5", "-20.25", "NaN", "1e-10", "7", "-inf", "1000.0"])
      ], rowCount: 7, options: .init(showsShape: false))
    #expect(
      lines(table).dropFirst(4).dropLast() == [
        "│    1.5   │", "│  -20.25  │", "│      NaN │", "│    1e-10 │", "│    7     │",
        "│     -inf │", "│ 1000.0   │",
      ])
  }

  @Test(arguments: [0, 1, 5, 8, 12, 20, 33, 47, 60, 80, 100, 200])
  func staysWithinTheWidth(width: Int) {
    let columns = fruit + wide(5) + [.init(name: "漢字の名前", type: "list<string>", head: ["😀😀😀😀😀"])]
    for style in [TableLayout.Style.rounded, .ascii] {
      let table = TableLayout(
        columns: columns, rowCount: 9,
        options: .init(maximumWidth: width, style: style, showsShape: false))
      let widths = Set(lines(table).map { DisplayWidth.of(String($0)) })
      #expect(widths.count == 1, "ragged lines at \(width)")
      // Below this the frame and the ellipses alone need more.
      #expect(widths.allSatisfy { $0 <= max(width, style.ellipsis.count * 2 + 7) })
    }
  }

  @Test func shortColumnsAreFilledUp() {
    let table = TableLayout(
      columns: [
        .init(name: "a", type: "int", head: ["1", "2"]), .init(name: "b", type: "int", head: []),
      ], rowCount: 2, options: .init(showsShape: false))
    #expect(lines(table).dropFirst(4).dropLast() == ["│ 1   ┆     │", "│ 2   ┆     │"])
  }

  @Test(arguments: [(0, 0, 0), (10, 10, 0), (11, 5, 5), (1_000, 5, 5)])
  func splitsRows(rows: Int, head: Int, tail: Int) {
    #expect(TableLayout.Options().visibleRows(of: rows) == (head, tail))
    #expect(TableLayout.Options(maximumRows: 3).visibleRows(of: 9) == (2, 1))
    #expect(TableLayout.Options(maximumRows: 0).visibleRows(of: 9) == (0, 0))
  }

  @Test func terminalHasAWidth() {
    #expect(terminalWidth() > 0)
  }
}
