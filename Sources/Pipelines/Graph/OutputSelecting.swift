import Columnar
import ColumnarCore

/// What names an output of a pipeline: a `Node`, or a string.
public protocol OutputSelecting {
  /// The output's name.
  var _outputName: String { get }
}

extension String: OutputSelecting {
  public var _outputName: String { self }
}

extension Node: OutputSelecting {
  public var _outputName: String { name }
}

extension Pipeline {
  /// The same pipeline giving back those outputs; all of them, if none is named.
  package func selecting(_ outputs: [any OutputSelecting]) throws -> Pipeline {
    outputs.isEmpty ? self : try selecting(names: outputs.map(\._outputName))
  }
}
