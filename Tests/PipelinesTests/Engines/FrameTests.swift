import Columnar
import ColumnarCore
import Pipelines
import Testing

/// Pipelines as part of lazy frames.
@Suite struct FrameTests {
  let dest = Input<String>("dest")
  let distance = Input<Double>("distance")

  private func flights() throws -> DataFrame {
    try DataFrame([
      "dest": ["JFK", "LAX", "BOS", "SFO"], "distance": [100, 2500, 187, 2586],
      "delay": [1.5, nil, -3, 40] as [Double?],
    ])
  }

  @Test func appendsOutputs() throws {
    let code = Node("code", from: dest) { $0.lowercased() }
    let far = Node("far", from: distance, Input<Double>("limit", default: 1000)) { $0 > $1 }
    let label = Node("label", from: code, far) { "\($0)\($1 ? "!" : "")" }
    let frame = try flights().lazy.with(Pipeline(outputs: label, far))
    let result = try frame.collect()
    #expect(result.schema.names == ["dest", "distance", "delay", "far", "label"])
    #expect(try Array(result["label", as: String.self]) == ["jfk", "lax!", "bos", "sfo!"])
    let limited = try flights().lazy.with(
      Pipeline(outputs: label), Input<Double>("limit").always(2550))
    #expect(
      try Array(limited.collect()["label", as: String.self]) == ["jfk", "lax", "bos", "sfo!"])
    for engine in otherEngines.map(\.engine) + [.sequential] {
      #expect(try cells(frame.collect(on: engine)) == cells(result))
    }
  }

  @Test func statesAndSeveralOutputs() throws {
    let encoder = State { try Encoder() }
    let (first, rest) = outputs("first", "rest", from: dest) {
      ($0.prefix(1).description, $0.dropFirst().description)
    }
    let vector = Node("vector", from: rest, encoder) { $1.encode($0) }
    let p = try Pipeline {
      first
      vector
    }
    let result = try flights().lazy.with(p, encoder.make { try Encoder() }).collect()
    #expect(result.schema.names == ["dest", "distance", "delay", "first", "vector"])
    #expect(try Array(result["vector", as: [Float].self]) == [[2, 1], [2, 1], [2, 1], [2, 1]])
  }

  @Test func intermediateOfAColumnsName() throws {
    // "delay" is a node's name here, and a column of the frame there.
    let delay = Node("delay", from: distance) { $0 / 100 }
    let late = Node("late", from: delay) { $0 > 5 }
    let result = try flights().lazy.with(Pipeline("p", outputs: late)).collect()
    #expect(result.schema.names == ["dest", "distance", "delay", "late"])
    #expect(try Array(result["delay", as: Double?.self]) == [1.5, nil, -3, 40])
    #expect(try Array(result["late", as: Bool.self]) == [false, true, false, true])
    let replaced = try flights().lazy.with(Pipeline("p", outputs: delay)).collect()
    #expect(try Array(replaced["delay", as: Double.self]) == [1, 25, 1.87, 25.86])
  }

  @Test func errorsComeBeforeRows() throws {
    let node = Node("node", from: Input<String>("dst")) { $0 }
    #expect(
      message { _ = try flights().lazy.with(Pipeline("p", outputs: node)) }
        == "invalid plan: Missing input: \"dst\" (String, for \"node\"); did you mean \"dest\"? (at "
        + "pipeline \"p\")")
    let number = Node("number", from: Input<Int>("dest")) { $0 }
    #expect(
      message { _ = try flights().lazy.with(Pipeline("p", outputs: number)) }
        .contains("The input \"dest\" is Int, which is stored as int64, but was given string."))
    let fine = Node("fine", from: dest) { $0 }
    #expect(
      message { _ = try flights().lazy.with(Pipeline("p", outputs: fine), dest.each(["a"])) }
        .contains("\"dest\" is bound with .each(…)"))
  }

  /// Filters and selects after a pipeline push and prune through its pure nodes.
  @Test func composesWithThePlan() throws {
    let calls = Tally()
    let code = Node("code", from: dest) { dest -> String in
      calls.add("code")
      return dest.lowercased()
    }
    let far = Node("far", from: distance) { distance -> Bool in
      calls.add("far")
      return distance > 1000
    }
    let unused = Node("unused", from: dest) { dest -> Int in
      calls.add("unused")
      return dest.count
    }
    let p = try Pipeline {
      code
      far
      unused
    }
    let frame = try flights().lazy.with(p).filter(col("distance") > 150).filter(col("far"))
      .select("dest", "code")
    #expect(try Array(frame.collect()["code", as: String.self]) == ["lax", "sfo"])
    #expect(calls["unused"] == 0)
    #expect(calls["far"] == 3)
    #expect(calls["code"] == 2)
    let plan = try frame.explain(on: .columnar(threads: 2))
    #expect(
      plan == """
        Logical plan
          Project [dest, code]
            Filter far
              Filter (distance > 150)
                Project [dest, distance, delay, code = code(dest), far = far(cast(distance, float64)), unused = unused(dest)]
                  Scan memory [dest, distance, delay]
        Optimized plan
          Project [dest, code = code(dest)]
            Filter far
              Project [dest, far = far(cast(distance, float64))]
                Scan memory [dest, distance] where (distance > 150)
        Physical plan, 2 threads, batches of 8192
          Project [dest, code = code(dest)]
            Filter far
              Project [dest, far = far(cast(distance, float64))]
                Filter (distance > 150)
                  Scan memory [dest, distance] (2 of 3 columns)
        Functions
          code: row, built-in: batchSize as it comes, maxConcurrency 2 threads, contract pure, isolation thread, onError fail
          far: row, built-in: batchSize as it comes, maxConcurrency 2 threads, contract pure, isolation thread, onError fail

        """)
  }

  @Test func onceIsABarrier() throws {
    let calls = Tally()
    let node = Node("node", from: distance, options: .init(contract: .once)) { distance -> Double in
      calls.add("call")
      return distance
    }
    let frame = try flights().lazy.with(Pipeline(outputs: node)).filter(col("distance") > 150)
      .select("dest")
    #expect(try frame.collect().count == 3)
    #expect(calls["call"] == 4)
  }
}
