import Columnar
import ColumnarCore

/// A pipeline as a node of another, by handle.
extension Pipeline {
  /// The pipeline as a node that gives the output of one of its nodes.
  ///
  /// ```swift
  /// let clean = inner.node("clean", text.from(title), output: trimmed)
  /// ```
  ///
  /// Inputs that are not wired are found by name in the outer pipeline; those with a default need
  /// not be given. Its nodes run as if they stood in the outer pipeline, each with its own options,
  /// on the outer pipeline's engine. What is wrong with it is an error when the outer pipeline is
  /// made.
  public func node<Value>(
    _ name: String, _ wires: InputWire..., output: Node<Value>
  ) -> Node<Value> {
    Node(name, nested(name, wires, .zip) { $0.addOutput(output, as: name) })
  }

  /// As `node(_:_:output:)`, with several outputs: they are called `name/node`.
  public func node<each Value>(
    _ name: String, _ wires: InputWire..., outputs: repeat Node<each Value>
  ) -> (repeat Node<each Value>) {
    let definition = nested(name, wires, .zip) { builder in
      repeat builder.addOutput(each outputs, as: "\(name)/\((each outputs).name)")
    }
    return (repeat Node<each Value>("\(name)/\((each outputs).name)", definition))
  }

  /// The definition of the pipeline as a node.
  func nested(
    _ name: String, _ wires: [InputWire], _ mode: Mode, _ add: (inout NestedBuilder) -> Void
  ) -> NodeDefinition {
    var builder = NestedBuilder(self, name)
    builder.mode = mode
    builder.wires = wires
    add(&builder)
    return builder.definition()
  }
}

/// A pipeline mapped over lists as a node of another, by handle.
extension Pipeline {
  /// The pipeline as a node that takes each element of a list, and gives a list of as many values.
  ///
  /// ```swift
  /// let lengths = inner.each("lengths", word, in: words, output: length)     // Node<[Int]>
  /// ```
  ///
  /// Other inputs are the same for all elements of an item: wired (`scale.from(weight)`), or found
  /// by name in the outer pipeline. An empty list gives an empty list, a null a null, and a null
  /// element is treated as a null item is. No list is taken apart and grouped again: all elements
  /// of all items are one column, which the inner nodes run over in batches of their own, on all
  /// threads.
  public func each<E, Value>(
    _ name: String, _ input: Input<E>, in list: some Port<[E]>, _ wires: InputWire...,
    output: Node<Value>
  ) -> Node<[Value]> {
    Node(
      name,
      nested(name, [InputWire(input, eachOf: list)] + wires, .zip) {
        $0.addOutput(output, as: name)
      })
  }

  /// As `each`, over two lists: side by side, where their lengths must agree in every item, or with
  /// `mode: .product` in all combinations, the second varying fastest.
  public func each<A, B, Value>(
    _ name: String, _ a: Input<A>, in listA: some Port<[A]>, _ b: Input<B>,
    in listB: some Port<[B]>, _ wires: InputWire..., mode: Mode = .zip, output: Node<Value>
  ) -> Node<[Value]> {
    let lists = [InputWire(a, eachOf: listA), InputWire(b, eachOf: listB)]
    return Node(name, nested(name, lists + wires, mode) { $0.addOutput(output, as: name) })
  }

  /// As `each`, over three lists.
  public func each<A, B, C, Value>(
    _ name: String, _ a: Input<A>, in listA: some Port<[A]>, _ b: Input<B>,
    in listB: some Port<[B]>, _ c: Input<C>, in listC: some Port<[C]>, _ wires: InputWire...,
    mode: Mode = .zip, output: Node<Value>
  ) -> Node<[Value]> {
    let lists = [
      InputWire(a, eachOf: listA), InputWire(b, eachOf: listB), InputWire(c, eachOf: listC),
    ]
    return Node(name, nested(name, lists + wires, mode) { $0.addOutput(output, as: name) })
  }

  /// As `each`, with several outputs: they are called `name/node`.
  public func each<E, each Value>(
    _ name: String, _ input: Input<E>, in list: some Port<[E]>, _ wires: InputWire...,
    outputs: repeat Node<each Value>
  ) -> (repeat Node<[each Value]>) {
    let definition = nested(name, [InputWire(input, eachOf: list)] + wires, .zip) { builder in
      repeat builder.addOutput(each outputs, as: "\(name)/\((each outputs).name)")
    }
    return (repeat Node<[each Value]>("\(name)/\((each outputs).name)", definition))
  }

  /// As `each` over two lists, with several outputs: they are called `name/node`.
  public func each<A, B, each Value>(
    _ name: String, _ a: Input<A>, in listA: some Port<[A]>, _ b: Input<B>,
    in listB: some Port<[B]>, _ wires: InputWire..., mode: Mode = .zip,
    outputs: repeat Node<each Value>
  ) -> (repeat Node<[each Value]>) {
    let lists = [InputWire(a, eachOf: listA), InputWire(b, eachOf: listB)]
    let definition = nested(name, lists + wires, mode) { builder in
      repeat builder.addOutput(each outputs, as: "\(name)/\((each outputs).name)")
    }
    return (repeat Node<[each Value]>("\(name)/\((each outputs).name)", definition))
  }
}
