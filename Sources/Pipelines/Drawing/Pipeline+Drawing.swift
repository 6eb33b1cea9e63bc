import Columnar
import ColumnarCore
import ColumnarIO

extension Pipeline {
  /// The pipeline as a Mermaid flowchart, for Markdown pages that draw such.
  public func mermaid(_ options: DrawingOptions = DrawingOptions()) -> String {
    MermaidWriter(options).text(graphDescription)
  }

  /// The pipeline in Graphviz' language.
  public func dot(_ options: DrawingOptions = DrawingOptions()) -> String {
    DotWriter(options).text(graphDescription)
  }

  /// The pipeline as a picture that needs nothing else: no font, no script, no other tool.
  public func svg(_ options: DrawingOptions = DrawingOptions()) -> String {
    SVGWriter(options).text(graphDescription)
  }

  /// The pipeline as a page that needs nothing else, whose nested pipelines collapse and expand on
  /// a click.
  public func html(_ options: DrawingOptions = DrawingOptions()) -> String {
    HTMLPage(options).text(graphDescription)
  }

  /// Writes a drawing in the format that the extension names: `.svg`, `.html`, `.dot` (or `.gv`) or
  /// `.mmd` (or `.mermaid`).
  ///
  /// The file appears when it is whole; one of that name is replaced. Another extension is an error
  /// before anything is written.
  public func write(drawing path: String, _ options: DrawingOptions = DrawingOptions()) throws {
    let text = try DrawingFormat(path: path).text(of: graphDescription, options)
    let file = try AtomicFile(path)
    try Array(text.utf8).withUnsafeBytes(file.write)
    try file.commit()
  }
}

/// A format of drawings, known by a file's extension.
package enum DrawingFormat: Sendable {
  case svg, html, dot, mermaid

  package init(path: String) throws {
    let name = path.split(separator: "/").last ?? ""
    let dot = name.lastIndex(of: ".")
    let suffix = dot.map { name[name.index(after: $0)...].lowercased() } ?? ""
    switch suffix {
    case "svg": self = .svg
    case "html", "htm": self = .html
    case "dot", "gv": self = .dot
    case "mmd", "mermaid": self = .mermaid
    default:
      let what = suffix.isEmpty ? "has no extension" : "ends in \".\(MessageText.shown(suffix))\""
      throw ColumnarError(
        .unsupported,
        "\(MessageText.quoted(path)) \(what), which names no format of drawings. End it in .svg, "
          + ".html, .dot or .mmd.", context: [.file(path)])
    }
  }

  /// The drawing.
  package func text(of graph: GraphDescription, _ options: DrawingOptions) -> String {
    switch self {
    case .svg: SVGWriter(options).text(graph)
    case .html: HTMLPage(options).text(graph)
    case .dot: DotWriter(options).text(graph)
    case .mermaid: MermaidWriter(options).text(graph)
    }
  }
}
