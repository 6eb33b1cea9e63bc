import Columnar
import Pipelines
import Testing

/// What tells nodes, states and opaque values apart, and what is not cached because nothing does.
@Suite struct CacheIdentityTests {
  private let n = Input<Int>("n")

  /// How often the node is called in two runs of three items.
  private func calls(
    _ pipeline: Pipeline, _ tally: Tally, _ bindings: Binding...
  ) throws -> Int {
    let before = tally["calls"]
    for _ in 0..<2 { _ = try pipeline.map(bindings, mode: .zip, isByName: false) }
    return tally["calls"] - before
  }

  struct Scale: Sendable {
    let factor: Int
  }

  struct KeyedScale: CacheKeyed {
    let factor: Int
    var cacheKey: String { "\(factor)" }
  }

  /// An object that a run gives could be any: only one with a key is a part of the key.
  @Test func givenStates() throws {
    let cache = Cache.ample()
    let tally = Tally()
    let scale = Input<Scale>("scale")
    let plain = Node("plain", from: n, scale) { n, scale in
      tally.add("calls")
      return n * scale.factor
    }
    let pipeline = try Pipeline(engine: .columnar(cache: cache), outputs: plain)
    let items = n.each([1, 2, 3])
    for factor in [2, 3] {
      let values = try pipeline.map(items, scale.always(Scale(factor: factor)))[plain]
      #expect(Array(values) == [1, 2, 3].map { $0 * factor })
    }
    #expect(try calls(pipeline, tally, items, scale.always(Scale(factor: 2))) == 6)
    #expect(pipeline.explain().contains("not cached: a state is given"))

    let keyedScale = Input<KeyedScale>("scale")
    let keyed = Node("keyed", from: n, keyedScale) { n, scale in
      tally.add("calls")
      return n * scale.factor
    }
    let other = try Pipeline(engine: .columnar(cache: cache), outputs: keyed)
    for factor in [2, 3, 2, 3] {
      let values = try other.map(items, keyedScale.always(KeyedScale(factor: factor)))[keyed]
      #expect(Array(values) == [1, 2, 3].map { $0 * factor })
    }
    #expect(try calls(other, tally, items, keyedScale.always(KeyedScale(factor: 2))) == 0)
    // Mapped over, it is a value like others.
    let mapped = keyedScale.each([4, 5, 6].map { KeyedScale(factor: $0) })
    #expect(try Array(other.map(items, mapped)[keyed]) == [4, 10, 18])
    #expect(try calls(other, tally, items, mapped) == 0)
  }

  /// A state that is a plain value is told by it.
  @Test func givenStatesThatAreValues() throws {
    let tally = Tally()
    let node = Node("node", inputs: "n", "suffix", stateful: ["suffix"]) {
      (n: Int, suffix: String) -> String in
      tally.add("calls")
      return "\(n)\(suffix)"
    }
    let pipeline = try Pipeline(engine: .columnar(cache: .ample())) { node }
    for suffix in ["a", "b", "a", "b"] {
      let results = try pipeline.map(["n": [1, 2], "suffix": suffix], over: "n")
      #expect(try Array(results[node]) == ["1\(suffix)", "2\(suffix)"])
    }
    #expect(tally["calls"] == 4)
  }

  @Test func statesHaveVersions() throws {
    let cache = Cache.ample()
    let tally = Tally()
    func pipeline(_ state: State<Scale>) throws -> Pipeline {
      let node = Node("node", from: n, state) { n, scale in
        tally.add("calls")
        return n * scale.factor
      }
      return try Pipeline(engine: .columnar(cache: cache), outputs: node)
    }
    let items = n.each([1, 2, 3])
    let two = State("scale") { Scale(factor: 2) }.version("two")
    let three = State("scale") { Scale(factor: 3) }.version("three")
    #expect(try calls(pipeline(two), tally, items) == 3)
    #expect(try calls(pipeline(three), tally, items) == 3)
    #expect(try calls(pipeline(two), tally, items) == 0)
    #expect(try Array(pipeline(three).map(items)["node", as: Int.self]) == [3, 6, 9])
    // For one run, a state may be made of anything.
    let run = three.make { Scale(factor: 4) }
    #expect(try Array(pipeline(three).map(items, run)["node", as: Int.self]) == [4, 8, 12])
    #expect(try calls(pipeline(three), tally, items, run) == 6)
  }

  /// Values that no column type stands for have the key of what they were made of, or their own.
  @Test func opaqueValues() throws {
    let tally = Tally()
    for (name, engine) in engines(.ample()) {
      let plain = Node("plain", from: n) { n -> Scale? in
        tally.add("made")
        return n == 2 ? nil : Scale(factor: n)
      }.version(name)
      let taken = Node("taken", from: plain, n) { scale, n in
        tally.add("calls")
        return (scale?.factor ?? 0) * n
      }.version(name)
      let keyed = Node("keyed", from: n) { KeyedScale(factor: $0) }.uncached()
      let used = Node("used", from: keyed) { scale in
        tally.add("used")
        return scale.factor
      }.version(name)
      let pipeline = try Pipeline(engine: engine, outputs: taken, used)
      let before = (tally["made"], tally["used"])
      #expect(try calls(pipeline, tally, n.each([1, 2, 3])) == 3, "on \(name)")
      #expect(tally["made"] - before.0 == 3, "on \(name)")
      #expect(tally["used"] - before.1 == 3, "on \(name)")
      let values = try pipeline.map(n.each([3, 2, 4, 1, 3]))[taken]
      #expect(Array(values) == [9, 0, 16, 1, 9], "on \(name)")
      #expect(tally["made"] - before.0 == 4, "on \(name)")
      // Changed code makes other values, as far as is known; a nil is a nil.
      let changed = try pipeline.version("\(name) 2", for: "plain")
      #expect(try calls(changed, tally, n.each([1, 2, 3])) == 2, "on \(name)")
      // Nothing tells what a node makes apart that is not cached itself.
      let loose = try pipeline.uncached("plain")
      #expect(try calls(loose, tally, n.each([1, 2, 3])) == 6, "on \(name)")
      #expect(loose.explain().contains("not cached: no column type stands for"))
      #expect(!pipeline.explain().contains("not cached: no column type stands for"))
    }
  }

  /// Two values of one call are different even where their types are the same.
  @Test func opaqueOutputs() throws {
    let cache = Cache.ample()
    let (low, high) = outputs("low", "high", from: n) { n in
      (Scale(factor: n), Scale(factor: -n))
    }
    for engine: any Engine in [.sequential(cache: cache), .columnar(cache: cache)] {
      for (port, sign) in [(low, 1), (high, -1), (low, 1)] {
        let factor = Node("factor", inputs: port.name) { (scale: Scale) in scale.factor }
        let pipeline = try Pipeline(engine: engine) {
          low
          high
          factor
        }
        #expect(try Array(pipeline.map(n.each([1, 2]))[factor]) == [sign, 2 * sign])
      }
    }
  }

  /// In another process what passes on opaque values is computed, what is made of them is found.
  @Test func opaqueValuesOnDisk() throws {
    let directory = try CacheDirectory()
    let tally = Tally()
    let plain = Node("plain", from: n) { n in
      tally.add("made")
      return Scale(factor: n)
    }
    let taken = Node("taken", from: plain) { scale in
      tally.add("calls")
      return scale.factor
    }
    for _ in 0..<2 {
      let pipeline = try Pipeline(engine: .columnar(cache: directory.cache()), outputs: taken)
      _ = try calls(pipeline, tally, n.each([1, 2, 3]))
    }
    #expect(tally["made"] == 6 && tally["calls"] == 3)
  }

  enum English {
    final class Stemmer: Stateful {
      func stem(_ word: String) -> String { word + " in English" }
    }
    struct Word: CacheKeyed {
      let text: String
      var cacheKey: String { text }
    }
  }

  enum German {
    final class Stemmer: Stateful {
      func stem(_ word: String) -> String { word + " in German" }
    }
    struct Word: CacheKeyed {
      let text: String
      var cacheKey: String { text }
    }
  }

  private let word = Input<String>("word")

  /// Types that are called the same where they stand are others in others.
  @Test func statesOfTypesOfOneName() throws {
    // Nor are those of one function those of another, which have no name at all outside.
    func french() -> Node<String> {
      final class Stemmer: Stateful {
        func stem(_ word: String) -> String { word + " in French" }
      }
      return Node("stem", from: word) { (word: String, stemmer: Stemmer) in stemmer.stem(word) }
    }
    func danish() -> Node<String> {
      final class Stemmer: Stateful {
        func stem(_ word: String) -> String { word + " in Danish" }
      }
      return Node("stem", from: word) { (word: String, stemmer: Stemmer) in stemmer.stem(word) }
    }
    let english = Node("stem", from: word) { (word: String, stemmer: English.Stemmer) in
      stemmer.stem(word)
    }
    let german = Node("stem", from: word) { (word: String, stemmer: German.Stemmer) in
      stemmer.stem(word)
    }
    let nodes = [
      ("English", english), ("German", german), ("French", french()), ("Danish", danish()),
    ]
    let directory = try CacheDirectory()
    let memory = Cache.ample()
    for round in 0..<2 {
      for cache in [memory, try directory.cache()] {
        for (language, node) in nodes {
          let pipeline = try Pipeline(engine: .columnar(cache: cache), outputs: node)
          let results = try pipeline.map(word.each(["a", "b"]))
          #expect(try Array(results[node]) == ["a", "b"].map { "\($0) in \(language)" })
          #expect(results.cacheStatistics.hits == 2 * round, "\(language)")
        }
      }
    }
  }

  /// Neither are values that no column type stands for, given or made.
  @Test func valuesOfTypesOfOneName() throws {
    let directory = try CacheDirectory()
    for cache in [Cache.ample(), try directory.cache()] {
      let english = Input<English.Word>("word")
      let german = Input<German.Word>("word")
      let one = Node("size", from: english) { "English \($0.text)" }
      let other = Node("size", from: german) { "German \($0.text)" }
      let engine = ColumnarEngine.columnar(cache: cache)
      for _ in 0..<2 {
        let words = ["a", "b"]
        let first = try Pipeline(engine: engine, outputs: one)
          .map(english.each(words.map { English.Word(text: $0) }))[one]
        #expect(Array(first) == ["English a", "English b"])
        let second = try Pipeline(engine: engine, outputs: other)
          .map(german.each(words.map { German.Word(text: $0) }))[other]
        #expect(Array(second) == ["German a", "German b"])
      }
      let makesEnglish = Node("made", from: word) { English.Word(text: $0) }
      let makesGerman = Node("made", from: word) { German.Word(text: $0 + "!") }
      let takesEnglish = Node("taken", from: makesEnglish) { $0.text }
      let takesGerman = Node("taken", from: makesGerman) { $0.text }
      for _ in 0..<2 {
        let first = try Pipeline(engine: engine, outputs: takesEnglish).map(word.each(["a", "b"]))
        #expect(try Array(first[takesEnglish]) == ["a", "b"])
        let second = try Pipeline(engine: engine, outputs: makesGerman, takesGerman)
          .map(word.each(["a", "b"]))
        #expect(try Array(second[makesGerman]).map(\.text) == ["a!", "b!"])
        #expect(try Array(second[takesGerman]) == ["a!", "b!"])
      }
    }
  }

  @Test func aNodeThatIsGivenNothing() throws {
    let tally = Tally()
    let node = Node("node") {
      tally.add("calls")
      return tally["calls"]
    }
    let twice = Node("twice", from: node, n) { $0 + $1 }
    let pipeline = try Pipeline(engine: .columnar(cache: .ample()), outputs: twice)
    #expect(try calls(pipeline, tally, n.each([1, 2, 3])) == 6)
  }

  @Test func explained() throws {
    let sum = Node("sum", from: n) { $0 + 1 }
    let sign = Node("sign", from: n, options: .init(contract: .once)) { $0 }
    let open = Node("open", from: n) { $0 }.uncached()
    let whole = Node(batch: "whole", from: n) { $0.map { $0 } }
    let native = Node(expression: "native", from: n, as: Int.self) { $0 * 2 }
    let second = Node("second", from: n) { "\($0)" }.version("2")
    func text(_ engine: any Engine) throws -> String {
      try Pipeline(engine: engine) {
        sum
        sign
        open
        whole
        native
        second
      }.explain()
    }
    for engine: any Engine in [.sequential(cache: .ample()), .columnar(cache: .ample())] {
      let lines = try text(engine).split(separator: "\n").map { $0.drop { $0 == " " } }
      #expect(lines.contains("cached in memory"))
      #expect(lines.contains("cached in memory, version 2"))
      for reason in [UncachedReason.contract, .optedOut, .batch, .expression] {
        #expect(lines.contains("not cached: \(reason.rawValue)"))
      }
    }
    #expect(try !text(.columnar).contains("cached"))
    let directory = try CacheDirectory()
    #expect(try text(.columnar(cache: directory.cache())).contains("cached on disk, version 2"))
  }
}
