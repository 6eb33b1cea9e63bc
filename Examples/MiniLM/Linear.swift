import CMiniLM

/// A linear layer: its weights packed for the product kernel, and its bias.
struct Linear: Sendable {
  let inputs: Int
  let outputs: Int
  private let weights: Floats
  private let bias: Floats

  /// Several layers over the same inputs side by side, each `outputs` wide.
  init(_ file: SafetensorsFile, _ names: String..., inputs: Int, outputs: Int) throws {
    self.inputs = inputs
    self.outputs = outputs * names.count
    weights = Floats(count: inputs * outputs * names.count)
    bias = Floats(count: outputs * names.count)
    for (index, name) in names.enumerated() {
      let matrix = try file.floats("\(name).weight", shape: [outputs, inputs])
      let shift = try file.floats("\(name).bias", shape: [outputs])
      // The file has a row per output, which is what packing turns round.
      minilm_pack(
        matrix.baseAddress, inputs, outputs, inputs, weights.start + index * inputs * outputs)
      for (place, value) in shift.enumerated() { bias.start[index * outputs + place] = value }
    }
  }

  /// Writes the layer's outputs for each row of `input`, the rows of both without gaps.
  func apply(
    to input: UnsafePointer<Float>, rows: Int, into output: UnsafeMutablePointer<Float>
  ) {
    minilm_product(
      input, inputs, rows, inputs, weights.start, outputs / Int(minilm_panel_width),
      bias.start, output, outputs)
  }
}

/// A layer that adds and then brings each row to a learned mean and spread.
struct AddNorm: Sendable {
  private let scale: Floats
  private let shift: Floats
  private let width: Int

  init(_ file: SafetensorsFile, _ name: String, width: Int) throws {
    self.width = width
    scale = Floats(try file.floats("\(name).weight", shape: [width]))
    shift = Floats(try file.floats("\(name).bias", shape: [width]))
  }

  /// Replaces each row of `x` by the normalised sum of it and `y`'s.
  func apply(to x: UnsafeMutablePointer<Float>, adding y: UnsafePointer<Float>, rows: Int) {
    minilm_add_norm(x, y, rows, width, scale.start, shift.start)
  }
}
