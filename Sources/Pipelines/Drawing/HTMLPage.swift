/// Writes a description as a page.
struct HTMLPage {
  let options: DrawingOptions

  init(_ options: DrawingOptions) { self.options = options }

  func text(_ graph: GraphDescription) -> String { SVGWriter(options).text(graph) }
}
