"""Nodes of a pipeline from closures, functions and expressions."""

from .common import HEADER, LETTERS, MADE, ROOT, array, generic, plural

NODE_FOLDER = ROOT / "Sources/Pipelines/Nodes/Overloads"
NODE_HEADER = HEADER + "import Columnar\nimport ColumnarCore\n\n"


def node_ports(names, port):
  """The port parameters of a node, `some Port<A>` or the generic `P`, after a label for the first."""
  return "".join(f"{'from ' if k == 0 else '_ '}{n.lower()}: {port(n)}, " for k, n in enumerate(names))


def node_names(names):
  return "".join(f"{'inputs ' if k == 0 else '_ '}{n.lower()}: String, " for k, n in enumerate(names))


def node_row(arity, stateful):
  """A row node by port."""
  names = LETTERS[:arity]
  parameters = [*names, *(["Made"] if stateful else [])]
  wired = [f"NodeParameter({n.lower()})" for n in names]
  wired += ["NodeParameter(made: Made.self)"] if stateful else []
  return f"""  /// A node called once per item on {plural(arity, 'port')}{MADE if stateful else ''}.
  @inlinable @inline(__always)
  public init{generic([*names, *(['Made: Stateful'] if stateful else [])])}(
    _ name: String, {node_ports(names, lambda n: f'some Port<{n}>')}options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable ({', '.join(parameters)}) throws -> Value
  ) {{
    self.init(
      row: name, {array(wired)}, options, UDFBody.row(closure))
  }}"""


def node_row_named(arity, stateful):
  """A row node by name."""
  names = LETTERS[:arity]
  parameters = [*names, *(["Made"] if stateful else [])]
  wired = [f"NodeParameter(named: {n.lower()}, as: {n}.self, stateful: stateful)" for n in names]
  wired += ["NodeParameter(made: Made.self)"] if stateful else []
  return f"""  /// A node called once per item on {plural(arity, 'input')} by name{MADE if stateful else ''}.
  @inlinable @inline(__always)
  public init{generic([*names, *(['Made: Stateful'] if stateful else [])])}(
    _ name: String, {node_names(names)}stateful: Set<String> = [], options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable ({', '.join(parameters)}) throws -> Value
  ) {{
    self.init(
      row: name, {array(wired)}, options, UDFBody.row(closure))
  }}"""


def node_batch(arity, stateful):
  """A batch node by port."""
  names = LETTERS[:arity]
  parameters = [f"{n}.BatchValue" for n in names] + (["Made"] if stateful else [])
  wired = [f"NodeParameter(batch: {n.lower()})" for n in names]
  wired += ["NodeParameter(made: Made.self)"] if stateful else []
  constrained = [f"{n}: Port" for n in names] + (["Made: Stateful"] if stateful else []) + ["Values: Collection & SendableMetatype"]
  return f"""  /// A node called once per batch on {plural(arity, 'port')}{MADE if stateful else ''}: data arrives as
  /// columns, a state as itself.
  @inlinable
  public init{generic(constrained)}(
    batch name: String, {node_ports(names, lambda n: n)}elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable ({', '.join(parameters)}) throws -> Values
  ) where Values.Element == Value {{
    self.init(
      batch: name, {array(wired)}, options, UDFBody.ports(closure), isElementwise: elementwise)
  }}"""


def node_batch_named(arity, stateful):
  """A batch node by name."""
  names = LETTERS[:arity]
  parameters = [*names, *(["Made"] if stateful else [])]
  wired = [f"NodeParameter(batch: {n.lower()}, as: {n}.self, stateful: stateful)" for n in names]
  wired += ["NodeParameter(made: Made.self)"] if stateful else []
  constrained = [*names, *(["Made: Stateful"] if stateful else []), "Values: Collection & SendableMetatype"]
  return f"""  /// A node called once per batch on {plural(arity, 'input')} by name{MADE if stateful else ''}: a
  /// `ColumnView` parameter is data, any other a state.
  @inlinable
  public init{generic(constrained)}(
    batch name: String, {node_names(names)}stateful: Set<String> = [], elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable ({', '.join(parameters)}) throws -> Values
  ) where Values.Element == Value {{
    self.init(
      batch: name, {array(wired)}, options, UDFBody.ports(closure), isElementwise: elementwise)
  }}"""


def node_dual(arity, named, stateful):
  """A node of a row and a batch closure."""
  names = LETTERS[:arity]
  made = ["Made"] if stateful else []
  if named:
    ports = node_names(names) + "stateful: Set<String> = [], "
    wired = [f"NodeParameter(dual: {n.lower()}, as: {n}.self, stateful: stateful)" for n in names]
    constrained = [*names, *(f"{n}{n}" for n in names)]
    single = [*names, *made]
    batch = [*(f"{n}{n}" for n in names), *made]
  else:
    ports = node_ports(names, lambda n: n)
    wired = [f"NodeParameter(batch: {n.lower()})" for n in names]
    constrained = [f"{n}: Port" for n in names]
    single = [*(f"{n}.Value" for n in names), *made]
    batch = [*(f"{n}.BatchValue" for n in names), *made]
  wired += ["NodeParameter(made: Made.self)"] if stateful else []
  constrained += (["Made: Stateful"] if stateful else []) + ["Values: Collection & SendableMetatype"]
  return f"""  /// A node of a closure for one item and a closure for a batch that gives the same, on
  /// {plural(arity, 'input' if named else 'port')}{' by name' if named else ''}{MADE if stateful else ''}.
  @inlinable @inline(__always)
  public init{generic(constrained)}(
    _ name: String, {ports}options: UDFOptions = UDFOptions(),
    _ row: @escaping @Sendable ({', '.join(single)}) throws -> Value,
    batch: @escaping @Sendable ({', '.join(batch)}) throws -> Values
  ) where Values.Element == Value {{
    self.init(
      dual: name, {array(wired)}, options, row: UDFBody.row(row), batch: UDFBody.ports(batch))
  }}"""


def node_async(arity, named):
  """An async node, by port or by name."""
  names = LETTERS[:arity]
  if named:
    ports = node_names(names) + "stateful: Set<String> = [], "
    wired = [f"NodeParameter(named: {n.lower()}, as: {n}.self, stateful: stateful)" for n in names]
  else:
    ports = node_ports(names, lambda n: f"some Port<{n}>")
    wired = [f"NodeParameter({n.lower()})" for n in names]
  return f"""  /// A node called once per item on {plural(arity, 'input' if named else 'port')}{' by name' if named else ''} that waits without holding a thread.
  @inlinable
  public init{generic([f'{n}: Sendable' for n in names])}(
    _ name: String, {ports}options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable ({', '.join(names)}) async throws -> Value
  ) {{
    self.init(
      async: name, {array(wired)}, options, UDFBody.async(closure))
  }}"""


def ports_body(arity):
  """The erased body of a batch closure whose parameters are views or states."""
  names = LETTERS[:arity]
  arguments = ", ".join(f"call.batchValue({k})" for k in range(arity))
  return f"""  /// The body of a batch closure of {plural(arity, 'view')} or states.
  @inlinable
  package static func ports{generic([*names, 'Values: Collection & SendableMetatype'])}(
    _ closure: @escaping @Sendable ({', '.join(names)}) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column {{
    {{ call in
      try call.collect(call.guarded {{ try closure({arguments}) }})
    }}
  }}"""


def node_udf(arity, named):
  """A registered function as a node."""
  names = LETTERS[:arity]
  ports = node_names(names) if named else node_ports(names, lambda n: f"some Port<{n}>")
  wired = [
    f"NodeParameter(named: {n.lower()}, as: {n}.self, stateful: [])" if named else f"NodeParameter({n.lower()})"
    for n in names]
  return f"""  /// A registered function of {plural(arity, 'column')} as a node{', inputs by name' if named else ''}.
  public init{generic(names)}(
    _ name: String, {ports}_ function: RowUDF{arity}{generic([*names, 'Value'])},
    options: UDFOptions = UDFOptions()
  ) {{
    self.init(name, {array(wired)}, function.function, options)
  }}"""


def node_expression(arity):
  """An expression node. Labelled at its front: with the label at the closure, which a trailing closure drops, a row
  closure of a wrong type would silently become an expression."""
  names = LETTERS[:arity]
  arguments = ", ".join(f"$0[{k}]" for k in range(arity))
  return f"""  /// An expression over {plural(arity, 'port')} as a node; it runs without a call per item.
  public init{generic(names)}(
    expression name: String, {node_ports(names, lambda n: f'some Port<{n}>')}
    as type: Value.Type = Value.self,
    _ expression: @escaping @Sendable ({', '.join(['Expr'] * arity)}) -> Expr
  ) {{
    self.init(
      name, {array([f'NodeParameter({n.lower()})' for n in names])}, expression: {{ expression({arguments}) }})
  }}"""


def files():
  members = {
    "Node+Row": [node_row(n, s) for s in (False, True) for n in range(9 - s)],
    "Node+RowByName": [node_row_named(n, s) for s in (False, True) for n in range(1, 9 - s)],
    "Node+Async": [node_async(n, named) for named in (False, True) for n in range(1, 9)],
    "Node+Dual": [node_dual(n, False, s) for s in (False, True) for n in range(1, 9 - s)],
    "Node+DualByName": [node_dual(n, True, s) for s in (False, True) for n in range(1, 9 - s)],
    "Node+Batch": [node_batch(n, s) for s in (False, True) for n in range(1, 9 - s)],
    "Node+BatchByName": [node_batch_named(n, s) for s in (False, True) for n in range(1, 9 - s)],
    "Node+UDF": [node_udf(n, named) for named in (False, True) for n in range(1, 9)],
    "Node+Expression": [node_expression(n) for n in range(1, 5)],
  }
  texts = {name: NODE_HEADER + "extension Node {\n" + "\n\n".join(m) + "\n}\n" for name, m in members.items()}
  bodies = [ports_body(n) for n in range(1, 9)]
  bodies += [
    ports_body(n).replace("func ports<", "func portStructures<").replace("call.collect(", "call.collectStructures(")
    .replace("-> Column {", "-> Column where Values.Element: Codable {").replace("or states.", "or states that returns structs.")
    for n in range(1, 5)]
  texts["UDFBody+Ports"] = NODE_HEADER + "extension UDFBody {\n" + "\n\n".join(bodies) + "\n}\n"
  return {NODE_FOLDER / f"{name}.swift": text for name, text in texts.items()}
