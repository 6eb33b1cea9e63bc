import CMiniLM
import Foundation
import Testing

/// The kernels of every instruction set that this machine has against the same in doubles, one
/// element at a time.
@Suite struct KernelTests {
  private let sets = (0..<8).compactMap { minilm_kernels_at($0)?.pointee }

  @Test func thereIsAlwaysABaseline() {
    #expect(sets.last.map { String(cString: $0.name) } == "baseline")
    print("kernels tested:", sets.map { String(cString: $0.name) })
  }

  private func numbers(_ count: Int, _ seed: UInt64, scale: Float = 1) -> [Float] {
    var state = seed
    return (0..<count).map { _ in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return (Float(state >> 40) / Float(1 << 23) - 1) * scale
    }
  }

  /// All heights of a tile, and some of several.
  @Test func products() {
    for set in sets { products(set) }
  }

  private func products(_ set: minilm_kernels) {
    let (depth, outputs) = (37, 64)
    let weights = numbers(depth * outputs, 1)
    let bias = numbers(outputs, 2)
    var packed = [Float](repeating: .nan, count: depth * outputs)
    minilm_pack(weights, depth, outputs, depth, &packed)
    for rows in Array(0...30) + [100] {
      let input = numbers(rows * depth, 3)
      var result = [Float](repeating: .nan, count: rows * outputs)
      set.product(input, depth, rows, depth, packed, 2, bias, &result, outputs)
      for row in 0..<rows {
        for output in 0..<outputs {
          let sum = (0..<depth).reduce(Double(bias[output])) {
            $0 + Double(input[row * depth + $1]) * Double(weights[output * depth + $1])
          }
          #expect(abs(sum - Double(result[row * outputs + output])) < 1e-5)
        }
      }
    }
  }

  @Test func geluIsExact() {
    for set in sets { geluIsExact(set) }
  }

  private func geluIsExact(_ set: minilm_kernels) {
    var values = (-160...159).map { Float($0) / 16 }
    values.replaceSubrange(0..<2, with: [-1000, 1000])
    var results = values
    set.gelu(&results, results.count)
    for (value, result) in zip(values, results) {
      let exact = Double(value) * 0.5 * (1 + erf(Double(value) / 2.0.squareRoot()))
      #expect(abs(exact - Double(result)) < 2e-6 * max(1, abs(Double(value))), "\(value)")
    }
  }

  @Test func norms() {
    for set in sets { norms(set) }
  }

  private func norms(_ set: minilm_kernels) {
    let (rows, width) = (3, 64)
    let x = numbers(rows * width, 5)
    let y = numbers(rows * width, 6)
    let scale = numbers(width, 7)
    let shift = numbers(width, 8)
    var result = x
    set.add_norm(&result, y, rows, width, scale, shift)
    for row in 0..<rows {
      let sums = (0..<width).map { Double(x[row * width + $0]) + Double(y[row * width + $0]) }
      let mean = sums.reduce(0, +) / Double(width)
      let variance = sums.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(width)
      for (place, sum) in sums.enumerated() {
        let expected =
          (sum - mean) / variance.squareRoot() * Double(scale[place]) + Double(shift[place])
        #expect(abs(expected - Double(result[row * width + place])) < 1e-5)
      }
    }
  }

  /// Lengths around the width of a panel, one token among them; large numbers don't overflow.
  @Test(arguments: [1, 2, 15, 16, 17, 31, 32, 33, 70]) func attention(tokens: Int) {
    for set in sets { attention(tokens, set) }
  }

  private func attention(_ tokens: Int, _ set: minilm_kernels) {
    let heads = 2
    let width = heads * 32
    let qkv = numbers(tokens * 3 * width, UInt64(tokens), scale: 6)
    var result = [Float](repeating: .nan, count: tokens * width)
    var scratch = [Float](repeating: .nan, count: minilm_attention_scratch(tokens))
    set.attention(qkv, tokens, heads, &result, &scratch)
    func value(_ token: Int, _ part: Int, _ head: Int, _ i: Int) -> Double {
      Double(qkv[token * 3 * width + part * width + head * 32 + i])
    }
    for head in 0..<heads {
      for token in 0..<tokens {
        let scores = (0..<tokens).map { other in
          (0..<32).reduce(0.0) { $0 + value(token, 0, head, $1) * value(other, 1, head, $1) }
            / 32.0.squareRoot()
        }
        let top = scores.max() ?? 0
        let shares = scores.map { exp($0 - top) }
        let sum = shares.reduce(0, +)
        for i in 0..<32 {
          let expected = (0..<tokens).reduce(0.0) { $0 + shares[$1] / sum * value($1, 2, head, i) }
          let got = Double(result[token * width + head * 32 + i])
          #expect(abs(expected - got) < 5e-5, "head \(head), token \(token)")
        }
      }
    }
  }
}
