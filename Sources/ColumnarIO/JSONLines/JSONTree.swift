import ColumnarCore

/// The columns of a schema while lines fill them: a tree of nodes in one piece of memory, the root
/// first.
///
/// Used by one thread at a time.
final class JSONTree {
  let nodes: UnsafeMutablePointer<JSONNode>
  /// Of each node the one it belongs to, and its key or what stands for an element.
  private(set) var parents: [Int] = []
  private let count: Int
  private let types: [(JSONNode.Form, DataType)]

  /// A tree that fills the columns at those positions, notes where the values of those in `later`
  /// are, and passes over the others, and over keys of objects that `wanted`, a schema of the same
  /// columns, lacks.
  init(_ schema: Schema, wanted: Schema, columns: Set<Int>, later: Set<Int> = []) {
    var forms: [(JSONNode.Form, DataType)] = [(.structure, .structure(schema.fields))]
    // The types of what is made; of the root all columns.
    var made: [DataType] = [.structure(wanted.fields)]
    var parents = [0]
    var ranges = [0..<0]
    // Level by level, so that the children of a node lie next to one another.
    var next = 0
    while next < forms.count {
      let (form, type) = forms[next]
      let start = forms.count
      var below: [DataType] = []
      switch type.kind {
      case _ where form == .skip || form == .later: break
      case .structure(let fields): below = fields.map(\.type)
      case .list(let element), .fixedSizeList(let element, _): below = [element]
      default: break
      }
      let fields = made[next].fields.map { fields in
        Dictionary(fields.map { ($0.name, $0.type) }) { first, _ in first }
      }
      for (k, below) in below.enumerated() {
        let isNow = next > 0 || columns.contains(k)
        let wanted = made[next].element ?? fields?[type.fields?[k].name ?? ""]
        let form =
          wanted == nil ? nil : isNow ? JSONNode.form(below) : later.contains(k) ? .later : nil
        forms.append((form ?? .skip, below))
        made.append(wanted ?? below)
        parents.append(next)
        ranges.append(0..<0)
      }
      ranges[next] = start..<forms.count
      next += 1
    }
    self.parents = parents
    types = forms
    count = forms.count
    nodes = .allocate(capacity: count)
    for (k, form) in forms.enumerated() {
      (nodes + k).initialize(to: JSONNode(form.0, made[k]))
      nodes[k].children = ranges[k]
      nodes[k].wanted = ranges[k].count { forms[$0].0 != .skip }
      if form.0 == .structure, let fields = form.1.fields {
        nodes[k].keys = JSONKeys(fields.map(\.name))
      }
    }
  }

  deinit {
    nodes.deinitialize(count: count)
    nodes.deallocate()
  }

  /// The type of a node's values.
  func type(_ node: Int) -> DataType { types[node].1 }

  /// The keys that lead to a node, with dots between them and `[]` for elements; nil for the root.
  func path(_ node: Int) -> String? {
    guard node > 0 else { return nil }
    let parent = parents[node]
    let above = path(parent)
    guard types[parent].0 == .structure else { return (above ?? "") + "[]" }
    let name = nodes[parent].keys.names[node - nodes[parent].children.lowerBound]
    return above.map { $0 + "." + name } ?? name
  }

  /// The columns at those positions of the rows so far, which are taken out.
  func takeColumns() -> [Int: Column] {
    var result: [Int: Column] = [:]
    for (k, child) in nodes[0].children.enumerated()
    where types[child].0 != .skip && types[child].0 != .later { result[k] = take(child) }
    nodes[0].count = 0
    return result
  }

  /// For the columns that come later, by position, where the values of the rows so far begin (0 for
  /// null); to be taken before `takeColumns`.
  func takePlaces() -> [(node: Int, places: Buffer)] {
    nodes[0].children.filter { types[$0].0 == .later }.map { ($0, nodes[$0].takePlaces()) }
  }

  private func take(_ node: Int) -> Column {
    let children = nodes[node].children.filter { types[$0].0 != .skip }.map { take($0) }
    return nodes[node].takeColumn(children)
  }

  /// Takes back what lies behind the first `count` rows of a node.
  func truncate(_ node: Int, to count: Int) { JSONTree.truncate(nodes, node, to: count) }

  static func truncate(_ nodes: UnsafeMutablePointer<JSONNode>, _ node: Int, to count: Int) {
    let form = nodes[node].form
    guard form != .skip else { return }
    let isCut = nodes[node].count > count
    nodes[node].count = min(nodes[node].count, count)
    let count = nodes[node].count
    while let last = nodes[node].nulls.last, last >= count { nodes[node].nulls.removeLast() }
    let width = nodes[node].width
    switch form {
    case .list:
      nodes[node].values.count = (count + 1) * width
      let ends = nodes[node].values.pointer(as: Int64.self)
      truncate(nodes, nodes[node].children.lowerBound, to: Int(ends[count]))
    case .fixedSizeList:
      truncate(nodes, nodes[node].children.lowerBound, to: count * nodes[node].size)
    case .structure:
      for child in nodes[node].children { truncate(nodes, child, to: count) }
    default:
      if isCut { nodes[node].values.count = count * width }
    }
  }
}
