import Columnar
import Harness

/// What a query costs before the first row.
let engineSuite = Suite(
  "engine",
  [
    Group("engine.empty-query") {
      let empty = try DataFrame(["a": [Int](), "b": [Double]()])
      let single = try DataFrame(["a": [1], "b": [2.5]])
      let double = UDF.row("double") { (a: Int) in a * 2 }
      let query = { (frame: DataFrame) in
        frame.lazy.filter(col("a") > 0).select((col("a") + 1).as("r"), "b")
      }
      return Group.Content(
        contenders: [
          Contender("engine.empty-query") {
            try query(empty).collect()
          } check: {
            try expect($0.count, 0, "the rows")
          },
          Contender("engine.one-row") {
            try query(single).collect()
          } check: {
            try $0.expect("r", [2])
          },
          Contender("engine.one-row.udf") {
            try single.lazy.select(double("a").as("r")).collect()
          } check: {
            try $0.expect("r", [2])
          },
          Contender("engine.one-row.group-by") {
            try single.lazy.groupBy("a").aggregate(col("b").sum()).collect()
          } check: {
            try $0.expect("b", [2.5])
          },
        ],
        cases: [
          Case("engine.empty-query", rows: 0, target: .atMost(0.1)),
          Case("engine.one-row", rows: 1, target: .atMost(0.1)),
          Case("engine.one-row.udf", rows: 1, target: .atMost(0.1)),
          Case("engine.one-row.group-by", rows: 1, target: .atMost(0.1)),
        ])
    }
  ])
