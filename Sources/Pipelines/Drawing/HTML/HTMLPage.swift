/// Writes a description as a page: the picture, and a script of its own that lays it out anew when
/// a pipeline collapses or expands.
///
/// Without scripts the page still shows the picture. Names stand in the picture only, never in the
/// script.
struct HTMLPage {
  private let options: DrawingOptions

  init(_ options: DrawingOptions) { self.options = options }

  func text(_ graph: GraphDescription) -> String {
    let graph = graph.arranged(options)
    var builder = SceneBuilder(graph, options, isInteractive: true)
    let placement = LevelPlacement(builder.scene(graph))
    let picture = SVGWriter(options).picture(graph, placement, style: "", isInteractive: true)
    let title = Markup.xml(graph.name)
    let theme = options.theme.rawValue
    return """
      <!DOCTYPE html>
      <html lang="en" data-theme="\(theme)">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(title)</title>
      <style>
      \(PageStyle.sheet)
      </style>
      </head>
      <body>
      <header><h1>\(title)</h1><nav hidden>
      <button type="button" data-do="expand">Expand all</button>
      <button type="button" data-do="collapse">Collapse all</button>
      <button type="button" data-do="out" aria-label="Smaller">−</button>
      <button type="button" data-do="fit">Fit</button>
      <button type="button" data-do="in" aria-label="Larger">+</button>
      <label>Theme <select>\(themes)</select></label>
      </nav></header>
      <main>
      \(picture)</main>
      <aside hidden><svg class="map" aria-hidden="true"></svg></aside>
      <script>
      "use strict";
      const scene = \(SceneJSON(options).text(placement.level));
      \(PageScript.text)
      </script>
      </body>
      </html>

      """
  }
}

extension HTMLPage {
  private var themes: String {
    DrawingOptions.Theme.allCases.map { theme in
      "<option\(theme == options.theme ? " selected" : "")>\(theme.rawValue)</option>"
    }.joined()
  }
}

/// The page's own style sheet: the picture's rules for each theme, and what is around it.
enum PageStyle {
  static let sheet: String = {
    let automatic = ":root[data-theme=automatic]"
    let scope = StyleSheet.scope
    let themes = DrawingOptions.Theme.allCases.filter { $0 != .automatic }.flatMap { theme in
      let root = ":root[data-theme=\(theme.rawValue)]"
      let scheme = theme.isDark ? "dark" : "light"
      return [
        theme.palette.rules("\(root) \(scope)"),
        "\(root){\(colours(theme.palette))color-scheme:\(scheme)}",
      ]
    }
    let sheets =
      [
        StyleSheet.shapes, Palette.light.rules(scope),
        ":root{\(colours(.light))color-scheme:light}",
      ] + themes + [
        "@media (prefers-color-scheme:dark){\(Palette.dark.rules("\(automatic) \(scope)"))}",
        "@media (prefers-color-scheme:dark){\(automatic){\(colours(.dark))color-scheme:dark}}",
        """
        body{margin:0;background:var(--canvas);color:var(--text);\
        font:14px/1.4 "Helvetica Neue",Helvetica,Arial,"Liberation Sans","Segoe UI",sans-serif}
        header{position:sticky;top:0;left:0;z-index:1;display:flex;flex-wrap:wrap;gap:8px 16px;\
        align-items:center;padding:8px 20px;background:var(--canvas);\
        border-bottom:1px solid var(--line)}
        h1{flex:1 1 auto;min-width:0;margin:0;font-size:16px;overflow-wrap:anywhere}
        nav{display:flex;flex-wrap:wrap;gap:6px}
        nav[hidden]{display:none}
        button,select{font:inherit;font-size:13px;padding:4px 10px;border:1px solid var(--line);\
        border-radius:6px;background:var(--card);color:inherit;cursor:pointer}
        button:hover,button:focus-visible,select:hover,select:focus-visible{border-color:var(--text)}
        label{font-size:13px}
        main{overflow-x:auto}
        main svg{display:block;margin:0 auto}
        .head{cursor:pointer;outline:none}
        aside{position:fixed;right:16px;bottom:16px;padding:6px;background:var(--canvas);\
        border:1px solid var(--line);border-radius:8px;cursor:crosshair;touch-action:none;opacity:.92}
        .mapped main{padding-bottom:128px}
        aside[hidden]{display:none}
        .map{display:block;overflow:visible}
        .map rect{fill:var(--line)}
        .map .view{fill:var(--text);fill-opacity:.08;stroke:var(--text)}
        @media print{nav,aside{display:none}header{position:static}}
        """,
      ]
    return sheets.joined(separator: "\n")
  }()

  private static func colours(_ palette: Palette) -> String {
    "--canvas:\(palette.canvas);--text:\(palette.text);--card:\(palette.card);"
      + "--line:\(palette.cardStroke);"
  }
}
