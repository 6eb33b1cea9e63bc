#!/usr/bin/env python3
"""Writes the overload sets of fixed arity for user-defined functions.

Parameter packs are not used in their place, because they run at less than half the speed (measured). The output is
committed; run this script again after changing it:  python3 scripts/generate-overloads.py
"""

import pathlib
import subprocess

ROOT = pathlib.Path(__file__).resolve().parent.parent
LETTERS = "ABCDEFGHI"
HEADER = "// Written by scripts/generate-overloads.py; change that, not this.\n\n"


def generic(parameters):
  return f"<{', '.join(parameters)}>" if parameters else ""


def row_body(arity):
  """The erased body of a row closure of `arity` parameters, each a column or a state."""
  names = LETTERS[:arity]
  types = generic([*names, "Result"])
  closure = f"({', '.join(names)}) throws -> Result"
  lines = [
    f"  /// The body of a row closure of {arity} parameter{'s' if arity != 1 else ''}.",
    "  @inlinable @inline(__always)",
    f"  package static func row{types}(",
    f"    _ closure: @escaping @Sendable {closure}",
    "  ) -> @Sendable (UDFCall) throws -> Column {",
    "    { call in",
  ]
  if arity == 0:
    lines += ["      try call.rows { _ in try closure() }", "    }", "  }"]
    return "\n".join(lines)
  for k, name in enumerate(names):
    lines.append(f"      let {name.lower()} = try call.reader({k}, as: {name}.self)")
  bindings = ", ".join(f"let {n.lower()}Start = {n.lower()}.direct" for n in names)
  direct = ", ".join(f"{n.lower()}Start[$0 & {n.lower()}Mask]" for n in names)
  values = ", ".join(f"{n.lower()}.value($0)" for n in names)
  condition = f"      if {bindings} {{"
  if len(condition) > 100:
    parts = ",\n        ".join(f"let {n.lower()}Start = {n.lower()}.direct" for n in names)
    condition = f"      if {parts}\n      {{"
  lines.append(condition)
  # Columns alone, by far the most frequent, need no masks, and then the loop can be vectorised.
  plain = ", ".join(f"{n.lower()}Start[$0]" for n in names)
  all_plain = " & ".join(f"{n.lower()}.mask" for n in names)
  lines.append(f"        if {all_plain} == ~0 {{")
  lines += wrapped_call("          return ", plain)
  lines.append("        }")
  # Locals stay in registers; the readers are too large for that.
  masks = [f"{n.lower()}Mask" for n in names]
  values_of = [f"{n.lower()}.mask" for n in names]
  if arity == 1:
    lines.append(f"        let {masks[0]} = {values_of[0]}")
  else:
    line = f"        let ({', '.join(masks)}) = ({', '.join(values_of)})"
    if len(line) <= 100:
      lines.append(line)
    else:
      lines.append(f"        let ({', '.join(masks)}) = (")
      lines.append(f"          {', '.join(values_of)}")
      lines.append("        )")
  lines += wrapped_call("        return ", direct)
  lines.append("      }")
  lines += wrapped_call("      return ", values)
  lines += ["    }", "  }"]
  return "\n".join(lines)


def wrapped_call(indent, arguments):
  text = f"{indent}try call.rows {{ try closure({arguments}) }}"
  if len(text) <= 100:
    return [text]
  pad = " " * (len(indent) - len(indent.lstrip()))
  one = f"{pad}  try closure({arguments})"
  if len(one) <= 100:
    return [f"{indent}try call.rows {{", one, f"{pad}}}"]
  return [
    f"{indent}try call.rows {{",
    f"{pad}  try closure(",
    f"{pad}    {arguments})",
    f"{pad}}}",
  ]


def batch_body(arity, state):
  names = LETTERS[:arity]
  types = generic([*names, *(["S"] if state else []), "Values: Collection & SendableMetatype"])
  views = [f"ColumnView<{n}>" for n in names] + (["S"] if state else [])
  lines = [
    f"  /// The body of a batch closure of {arity} column{'s' if arity != 1 else ''}"
    + (" and a state." if state else "."),
    "  @inlinable",
    f"  package static func batch{types}(",
    f"    _ closure: @escaping @Sendable ({', '.join(views)}) throws -> Values",
    "  ) -> @Sendable (UDFCall) throws -> Column {",
    "    { call in",
  ]
  arguments = [f"call.view({k})" for k in range(arity)] + ([f"call.state({arity})"] if state else [])
  text = f"      try call.collect(call.guarded {{ try closure({', '.join(arguments)}) }})"
  if len(text) > 100:
    lines.append("      try call.collect(")
    lines.append("        call.guarded {")
    lines.append("          try closure(")
    lines.append(f"            {', '.join(arguments)})")
    lines.append("        })")
  else:
    lines.append(text)
  lines += ["    }", "  }"]
  return "\n".join(lines)


def udf_type(arity):
  names = LETTERS[:arity]
  arguments = ", ".join(f"_ {n.lower()}: any ColumnSelecting" for n in names)
  if len(arguments) > 84:
    arguments = ",\n    ".join(f"_ {n.lower()}: any ColumnSelecting" for n in names)
    arguments = f"\n    {arguments}\n  "
  passed = ", ".join(f"{n.lower()}._selected" for n in names)
  return f"""/// A registered function of {arity} column{'s' if arity != 1 else ''}; calling it gives an expression.
public struct RowUDF{arity}{generic([*names, 'Result'])}: Sendable {{
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) {{ self.function = function }}

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction({arguments}) -> Expr {{
    Expr(.call(function, [{passed}]))
  }}
}}"""


def row_udf(arity, state):
  """`UDF.row` of `arity` columns; `state` is None, "given" or "stateful"."""
  names = LETTERS[:arity]
  constrained = [f"{n}: ColumnValue" for n in names]
  parameters = list(names)
  if state == "given":
    constrained.append("S")
    parameters.append("S")
  elif state == "stateful":
    constrained.append("S: Stateful")
    parameters.append("S")
  constrained.append("Result: ColumnValue")
  closure = f"({', '.join(parameters)}) throws -> Result"
  states = ", state: State<S>" if state == "given" else ""
  made = [f"UDFParameter(data: {n}.self)" for n in names]
  if state == "given":
    made.append("UDFParameter(state: state.factory)")
  elif state == "stateful":
    made.append("UDFParameter(state: State(of: S.self).factory)")
  doc = {
    None: f"A function called once per row on {arity} column{'s' if arity != 1 else ''}.",
    "given": f"A function called once per row on {arity} column{'s' if arity != 1 else ''} and a state.",
    "stateful": f"A function called once per row on {arity} column{'s' if arity != 1 else ''} and an object that the\n"
    "  /// engine makes, once per worker.",
  }[state]
  made_text = ", ".join(made)
  if len(made_text) > 80:
    made_text = "\n        " + ",\n        ".join(made) + "\n      "
  # Inlined always: only then is a closure literal known in the loop, and inlined there.
  return f"""  /// {doc}
  @inlinable @inline(__always)
  public static func row{generic(constrained)}(
    _ name: String{states}, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable {closure}
  ) -> RowUDF{arity}{generic([*names, 'Result'])} {{
    RowUDF{arity}(
      function(
        name, .row, [{made_text}], Result.columnType, options, UDFBody.row(closure)))
  }}"""


def batch_udf(arity, state):
  names = LETTERS[:arity]
  constrained = [f"{n}: ColumnValue" for n in names]
  parameters = [f"ColumnView<{n}>" for n in names]
  if state:
    constrained.append("S: Stateful" if state == "stateful" else "S")
    parameters.append("S")
  constrained.append("Values: Collection & SendableMetatype")
  states = ", state: State<S>" if state == "given" else ""
  made = [f"UDFParameter(data: {n}.self)" for n in names]
  if state == "given":
    made.append("UDFParameter(state: state.factory)")
  elif state == "stateful":
    made.append("UDFParameter(state: State(of: S.self).factory)")
  made_text = ", ".join(made)
  if len(made_text) > 80:
    made_text = "\n        " + ",\n        ".join(made) + "\n      "
  extra = {None: "", "given": " and a state", "stateful": " and an object that the engine makes"}[state]
  return f"""  /// A function called once per batch on {arity} column{'s' if arity != 1 else ''}{extra}.
  @inlinable
  public static func batch{generic(constrained)}(
    _ name: String{states}, elementwise: Bool = false, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable ({', '.join(parameters)}) throws -> Values
  ) -> RowUDF{arity}{generic([*names, 'Values.Element'])} where Values.Element: ColumnValue {{
    RowUDF{arity}(
      function(
        name, .batch, [{made_text}], Values.Element.columnType, options, UDFBody.batch(closure),
        isElementwise: elementwise))
  }}"""


def extension(title, doc, members):
  return HEADER + "import ColumnarCore\n\n" + doc + f"extension {title} {{\n" + "\n\n".join(members) + "\n}\n"


def plural(count, noun):
  return f"{count} {noun}{'s' if count != 1 else ''}"


def array(elements):
  text = ", ".join(elements)
  return f"[{text}]" if len(text) < 60 else "[\n        " + ",\n        ".join(elements) + ",\n      ]"


def node_ports(names, port):
  """The port parameters of a node, `some Port<A>` or the generic `P`, after a label for the first."""
  return "".join(f"{'from ' if k == 0 else '_ '}{n.lower()}: {port(n)}, " for k, n in enumerate(names))


def node_names(names):
  return "".join(f"{'inputs ' if k == 0 else '_ '}{n.lower()}: String, " for k, n in enumerate(names))


MADE = " and an object that the engine makes"


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


def async_body(arity):
  """The erased body of an async row closure: a call per row that captures the row's values."""
  names = LETTERS[:arity]
  readers = "".join(
    f"      let {n.lower()} = try call.reader({k}, as: {n}.self)\n" for k, n in enumerate(names))
  captured = ", ".join(f"{n.lower()} = {n.lower()}.value(row)" for n in names)
  passed = ", ".join(n.lower() for n in names)
  return f"""  /// The body of an async closure of {plural(arity, 'parameter')}.
  @inlinable
  package static func async{generic([*(f'{n}: Sendable' for n in names), 'Result: Sendable'])}(
    _ closure: @escaping @Sendable ({', '.join(names)}) async throws -> Result
  ) -> @Sendable (UDFCall) throws -> Column {{
    {{ call in
{readers}      return try call.asyncRows {{ row in
        {{ [{captured}] in try await closure({passed}) }}
      }}
    }}
  }}"""


def async_struct_body(arity):
  """The erased body of an async closure whose result is a struct."""
  text = async_body(arity).replace("func async<", "func asyncStructures<")
  text = text.replace("Result: Sendable>", "Row: Codable & Sendable>").replace("throws -> Result", "throws -> Row?")
  text = text.replace("call.asyncRows", "call.asyncStructures")
  return text.replace(f"async closure of {plural(arity, 'parameter')}.", f"async closure of {plural(arity, 'parameter')} that returns a struct.")


def async_struct_udf(arity, state):
  names = LETTERS[:arity]
  constrained = [f"{n}: ColumnValue" for n in names] + (["S: Sendable"] if state else [])
  constrained.append("Row: Codable & Sendable")
  parameters = [*names, *(["S"] if state else [])]
  wired = [f"UDFParameter(data: {n}.self)" for n in names]
  wired += ["UDFParameter(state: state.factory)"] if state else []
  return f"""  /// An async function of {plural(arity, 'column')}{' and a shared state' if state else ''} that makes a column{STRUCT_DOC}{STRUCT_MORE}
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func async{generic(constrained)}(
    _ name: String, outputs type: Row.Type{', state: State<S>' if state else ''},
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable ({', '.join(parameters)}) async throws -> Row?
  ) -> RowUDF{arity}{generic([*names, 'Row'])} {{
    RowUDF{arity}(
      function(
        name, .async, outputs: type, {array(wired)}, options, UDFBody.asyncStructures(closure)))
  }}"""


def async_udf(arity, state):
  names = LETTERS[:arity]
  constrained = [f"{n}: ColumnValue" for n in names]
  parameters = list(names)
  made = [f"UDFParameter(data: {n}.self)" for n in names]
  if state:
    constrained.append("S: Sendable")
    parameters.append("S")
    made.append("UDFParameter(state: state.factory)")
  constrained.append("Result: ColumnValue")
  states = ", state: State<S>" if state else ""
  return f"""  /// An async function of {plural(arity, 'column')}{' and a shared state' if state else ''}.
  @inlinable
  public static func async{generic(constrained)}(
    _ name: String{states}, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable ({', '.join(parameters)}) async throws -> Result
  ) -> RowUDF{arity}{generic([*names, 'Result'])} {{
    RowUDF{arity}(
      function(
        name, .async, {array(made)}, Result.columnType, options, UDFBody.async(closure)))
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


def outputs_function(arity, results, named):
  names = LETTERS[:arity]
  made = "XYZ"[:results]
  kind = {2: "pairs", 3: "triples"}[results]
  outputs = ", ".join(f"_ {m.lower()}: String" for m in made)
  ports = node_names(names) if named else node_ports(names, lambda n: f"some Port<{n}>")
  wired = [
    f"NodeParameter(named: {n.lower()}, as: {n}.self, stateful: stateful)" if named else f"NodeParameter({n.lower()})"
    for n in names]
  marks = "stateful: Set<String> = [], " if named else ""
  nodes = ", ".join(f"Node<{m}>" for m in made)
  handles = ", ".join(f"Node({m.lower()}, definition)" for m in made)
  return f"""/// Nodes for the {results} values that one call per item returns, on {plural(arity, 'input' if named else 'port')}{' by name' if named else ''}.
@inlinable
public func outputs{generic([*names, *(f'{m}: Sendable' for m in made)])}(
  {outputs}, {ports}{marks}options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable ({', '.join(names)}) throws -> ({', '.join(made)})
) -> ({nodes}) {{
  outputNodes(
    {', '.join(m.lower() for m in made)}, {array(wired)}, options, UDFBody.{kind}(closure))
}}"""


def outputs_of_udf(arity, results, named):
  """A registered function of several outputs as nodes."""
  names = LETTERS[:arity]
  made = "WXYZ"[:results]
  outputs = ", ".join(f"_ {m.lower()}: String" for m in made)
  ports = node_names(names) if named else node_ports(names, lambda n: f"some Port<{n}>")
  wired = [
    f"NodeParameter(named: {n.lower()}, as: {n}.self, stateful: [])" if named else f"NodeParameter({n.lower()})"
    for n in names]
  result = ", ".join(f"Node<{m}>" for m in made)
  listed = ", ".join(f".init({m.lower()}, {m}.self)" for m in made)
  handles = ", ".join(f"Node({m.lower()}, definition)" for m in made)
  return f"""/// Nodes for the {results} outputs of a registered function of {plural(arity, 'column')}{', inputs by name' if named else ''}.
public func outputs{generic([*names, *(f'{m}: Sendable' for m in made)])}(
  {outputs}, {ports}_ function: RowUDF{arity}{generic([*names, f"({', '.join(made)})"])},
  options: UDFOptions = UDFOptions()
) -> ({result}) {{
  let definition = NodeDefinition([{listed}], {array(wired)}, function.function, options)
  return ({handles})
}}"""


def struct_outputs_function(arity, named):
  names = LETTERS[:arity]
  ports = node_names(names) if named else node_ports(names, lambda n: f"some Port<{n}>")
  wired = [
    f"NodeParameter(named: {n.lower()}, as: {n}.self, stateful: stateful)" if named else f"NodeParameter({n.lower()})"
    for n in names]
  marks = "stateful: Set<String> = [], " if named else ""
  return f"""/// Nodes for the keys of the struct that one call per item returns, on {plural(arity, 'input' if named else 'port')}{' by name' if named else ''}.
@inlinable
public func outputs{generic([*names, 'Row: Codable & Sendable'])}(
  of type: Row.Type, {ports}{marks}options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable ({', '.join(names)}) throws -> Row?
) -> OutputNodes<Row> {{
  OutputNodes({array(wired)}, options, UDFBody.structures(closure))
}}"""


def async_struct_outputs_function(arity, named):
  text = struct_outputs_function(arity, named).replace(") throws -> Row?", ") async throws -> Row?")
  text = text.replace("one call per item returns", "one async call per item returns")
  names = LETTERS[:arity]
  text = text.replace(generic([*names, "Row: Codable & Sendable"]), generic([*(f"{n}: Sendable" for n in names), "Row: Codable & Sendable"]))
  return text.replace("OutputNodes([", "OutputNodes(async: [").replace("UDFBody.structures", "UDFBody.asyncStructures")


def batch_struct_outputs_function(arity, named):
  names = LETTERS[:arity]
  more = ["Row: Codable & Sendable", "Values: Collection & SendableMetatype"]
  if named:
    ports = node_names(names) + "stateful: Set<String> = [], "
    constrained, parameters = [*names, *more], names
    wired = [f"NodeParameter(batch: {n.lower()}, as: {n}.self, stateful: stateful)" for n in names]
  else:
    ports = node_ports(names, lambda n: n)
    constrained, parameters = [*(f"{n}: Port" for n in names), *more], [f"{n}.BatchValue" for n in names]
    wired = [f"NodeParameter(batch: {n.lower()})" for n in names]
  return f"""/// Nodes for the keys of the structs that one call per batch returns, on {plural(arity, 'input' if named else 'port')}{' by name' if named else ''}.
@inlinable
public func outputs{generic(constrained)}(
  batchOf type: Row.Type, {ports}elementwise: Bool = false, options: UDFOptions = UDFOptions(),
  _ closure: @escaping @Sendable ({', '.join(parameters)}) throws -> Values
) -> OutputNodes<Row> where Values.Element == Row {{
  OutputNodes(
    batch: {array(wired)}, options, UDFBody.portStructures(closure), isElementwise: elementwise)
}}"""


def node_files():
  nodes = ROOT / "Sources/Pipelines/Nodes/Overloads"
  header = HEADER + "import Columnar\nimport ColumnarCore\n\n"
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
  texts = {name: header + "extension Node {\n" + "\n\n".join(m) + "\n}\n" for name, m in members.items()}
  bodies = [ports_body(n) for n in range(1, 9)]
  bodies += [
    ports_body(n).replace("func ports<", "func portStructures<").replace("call.collect(", "call.collectStructures(")
    .replace("-> Column {", "-> Column where Values.Element: Codable {").replace("or states.", "or states that returns structs.")
    for n in range(1, 5)]
  texts["UDFBody+Ports"] = header + "extension UDFBody {\n" + "\n\n".join(bodies) + "\n}\n"
  functions = [
    outputs_function(n, results, named)
    for results in (2, 3) for named in (False, True) for n in range(1, 9)]
  structs = [struct_outputs_function(n, named) for named in (False, True) for n in range(1, 9)]
  texts["Outputs+AsyncStructs"] = header + "\n\n".join(
    async_struct_outputs_function(n, named) for named in (False, True) for n in range(1, 9)) + "\n"
  texts["Outputs+BatchStructs"] = header + "\n\n".join(
    batch_struct_outputs_function(n, named) for named in (False, True) for n in range(1, 5)) + "\n"
  texts["Outputs+Structs"] = header + "\n\n".join(structs) + "\n"
  texts["Outputs+Arities"] = header + "\n\n".join(functions) + "\n"
  registered = [
    outputs_of_udf(n, results, named)
    for results in (2, 3, 4) for named in (False, True) for n in range(1, 7)]
  texts["Outputs+UDF"] = header + "\n\n".join(registered) + "\n"
  write({nodes / f"{name}.swift": text for name, text in texts.items()})


def write(texts):
  """Writes the files, formatted as the rest of the code."""
  for path, text in texts.items():
    path.write_text(text)
  subprocess.run(
    ["swift", "format", "--in-place", "--configuration", str(ROOT / ".swift-format"),
     *map(str, texts)], check=True)


def value_loop(names, call):
  """The loop of a body over readers: over memory where all values lie in it, else value by value.

  `call` gives the loop for the expressions of the arguments."""
  lines = [f"      let {n.lower()} = try call.reader({k}, as: {n}.self)" for k, n in enumerate(names)]
  bindings = ",\n        ".join(f"let {n.lower()}Start = {n.lower()}.direct" for n in names)
  lines.append(f"      if {bindings} {{")
  lines += [f"        let {n.lower()}Mask = {n.lower()}.mask" for n in names]
  lines.append("        " + call([f"{n.lower()}Start[$1 & {n.lower()}Mask]" for n in names]))
  lines.append("      }")
  lines.append("      " + call([f"{n.lower()}.value($1)" for n in names]))
  return "\n".join(lines)


def aggregate_body(arity):
  """The loop of an aggregate of per-value closures."""
  names = LETTERS[:arity]
  loop = value_loop(names, lambda v: f"return try call.eachRow(states, groups) {{ try update(&$0, {', '.join(v)}) }}")
  return f"""  /// The loop of an aggregate over {plural(arity, 'parameter')}.
  @inlinable @inline(__always)
  package static func aggregate{generic(['S', *names])}(
    _ update: @escaping @Sendable (inout S, {', '.join(names)}) throws -> Void
  ) -> @Sendable (UDFCall, UnsafeMutablePointer<S>, UnsafePointer<UInt32>?) throws -> Void {{
    {{ call, states, groups in
{loop}
    }}
  }}"""


def scan_body(arity):
  """The loop of a scan."""
  names = LETTERS[:arity]
  loop = value_loop(names, lambda v: f"return try call.rows(states, keys) {{ try closure(&$0, {', '.join(v)}) }}")
  return f"""  /// The loop of a scan over {plural(arity, 'parameter')}.
  @inlinable @inline(__always)
  package static func scan{generic(['S', *names, 'Result'])}(
    _ closure: @escaping @Sendable (inout S, {', '.join(names)}) throws -> Result
  ) -> @Sendable (UDFCall, UnsafeMutablePointer<S>, UnsafePointer<UInt32>?) throws -> Column {{
    {{ call, states, keys in
{loop}
    }}
  }}"""


def expand_body(arity):
  """The loop of an expanding closure of `arity` parameters, each a column or a state."""
  names = LETTERS[:arity]
  readers = "\n".join(f"      let {n.lower()} = try call.reader({k}, as: {n}.self)" for k, n in enumerate(names))
  values = ", ".join(f"{n.lower()}.value($0)" for n in names)
  return f"""  /// The loop of an expanding closure of {plural(arity, 'parameter')}.
  @inlinable @inline(__always)
  package static func expand{generic([*names, 'Elements: Sequence & SendableMetatype'])}(
    _ closure: @escaping @Sendable ({', '.join(names)}) throws -> Elements
  ) -> @Sendable (UDFCall, ExpandOutput) throws -> Void {{
    {{ call, output in
{readers}
      try call.expand(to: output) {{ try closure({values}) }}
    }}
  }}"""


MADE_OF = {2: "pairs", 3: "triples", 4: "quadruples"}


def outputs_body(arity, results):
  """The erased body of a row closure that returns several values."""
  names = LETTERS[:arity]
  made = "WXYZ"[:results]
  kind = MADE_OF[results]
  readers = "".join(
    f"      let {n.lower()} = try call.reader({k}, as: {n}.self)\n" for k, n in enumerate(names))
  values = ", ".join(f"{n.lower()}.value($0)" for n in names)
  return f"""  /// The body of a row closure of {plural(arity, 'parameter')} that returns {results} values.
  @inlinable @inline(__always)
  package static func {kind}{generic([*names, *made])}(
    _ closure: @escaping @Sendable ({', '.join(names)}) throws -> ({', '.join(made)})
  ) -> @Sendable (UDFCall) throws -> Column {{
    {{ call in
{readers}      return try call.{kind} {{ try closure({values}) }}
    }}
  }}"""


def struct_body(arity, batch):
  """The erased body of a closure whose result is a struct."""
  names = LETTERS[:arity]
  if batch:
    views = ", ".join(f"ColumnView<{n}>" for n in names)
    arguments = ", ".join(f"call.view({k})" for k in range(arity))
    return f"""  /// The body of a batch closure of {plural(arity, 'column')} that returns structs.
  @inlinable
  package static func structures{generic([*names, 'Values: Collection & SendableMetatype'])}(
    _ closure: @escaping @Sendable ({views}) throws -> Values
  ) -> @Sendable (UDFCall) throws -> Column where Values.Element: Codable {{
    {{ call in
      try call.collectStructures(call.guarded {{ try closure({arguments}) }})
    }}
  }}"""
  readers = "".join(
    f"      let {n.lower()} = try call.reader({k}, as: {n}.self)\n" for k, n in enumerate(names))
  values = ", ".join(f"{n.lower()}.value($0)" for n in names)
  return f"""  /// The body of a row closure of {plural(arity, 'parameter')} that returns a struct.
  @inlinable
  package static func structures{generic([*names, 'Row: Codable & SendableMetatype'])}(
    _ closure: @escaping @Sendable ({', '.join(names)}) throws -> Row?
  ) -> @Sendable (UDFCall) throws -> Column {{
    {{ call in
{readers}      return try call.structures {{ try closure({values}) }}
    }}
  }}"""


STRUCT_DOC = """
  /// for each key of the struct, in the order in which it decodes them."""
STRUCT_MORE = """
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros."""


def struct_udf(arity, state):
  names = LETTERS[:arity]
  constrained = [f"{n}: ColumnValue" for n in names] + (["S"] if state else [])
  constrained.append("Row: Codable & Sendable")
  parameters = [*names, *(["S"] if state else [])]
  wired = [f"UDFParameter(data: {n}.self)" for n in names]
  wired += ["UDFParameter(state: state.factory)"] if state else []
  return f"""  /// A function called once per row on {plural(arity, 'column')}{' and a state' if state else ''} that makes a column{STRUCT_DOC}{STRUCT_MORE}
  /// No struct, nil, is a null in each column.
  @inlinable
  public static func row{generic(constrained)}(
    _ name: String, outputs type: Row.Type{', state: State<S>' if state else ''},
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable ({', '.join(parameters)}) throws -> Row?
  ) -> RowUDF{arity}{generic([*names, 'Row'])} {{
    RowUDF{arity}(
      function(
        name, .row, outputs: type, {array(wired)}, options, UDFBody.structures(closure)))
  }}"""


def struct_batch_udf(arity):
  names = LETTERS[:arity]
  constrained = [f"{n}: ColumnValue" for n in names]
  constrained += ["Row: Codable & Sendable", "Values: Collection & SendableMetatype"]
  return f"""  /// A function called once per batch on {plural(arity, 'column')} that makes a column{STRUCT_DOC}{STRUCT_MORE}
  @inlinable
  public static func batch{generic(constrained)}(
    _ name: String, outputs type: Row.Type, elementwise: Bool = false,
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable ({', '.join(f'ColumnView<{n}>' for n in names)}) throws -> Values
  ) -> RowUDF{arity}{generic([*names, 'Row'])} where Values.Element == Row {{
    RowUDF{arity}(
      function(
        name, .batch, outputs: type, {data_parameters(names)}, options, UDFBody.structures(closure),
        isElementwise: elementwise))
  }}"""


def kind_type(kind, arity, noun, result, doc, type_name, made):
  """What calling `UDF.aggregate`, `UDF.expand` or `UDF.scan` gives."""
  names = LETTERS[:arity]
  arguments = ", ".join(f"_ {n.lower()}: any ColumnSelecting" for n in names)
  passed = ", ".join(f"{n.lower()}._selected" for n in names)
  return f"""/// A registered {noun} of {plural(arity, 'column')}.
///
/// Calling it gives {doc}.
public struct {kind}UDF{arity}{generic([*names, result])}: Sendable {{
  @usableFromInline package let function: UserFunction

  @usableFromInline
  package init(_ function: UserFunction) {{ self.function = function }}

  /// The function applied to columns: a string names one, an expression computes one.
  public func callAsFunction({arguments}) -> {type_name} {{
    {made.format(passed)}
  }}
}}"""


def kind_types():
  expression = ("Expr", "Expr(.call(function, [{}]))")
  return (
    [kind_type("Aggregate", n, "aggregate", "Result", "an expression for `aggregate` and `select`", *expression)
     for n in range(1, 4)]
    + [kind_type("Scan", n, "scan", "Result", "an expression", *expression) for n in range(1, 5)]
    + [kind_type("Expand", n, "expanding function", "Element", "what `expand` takes", "Expansion",
                 "Expansion(function, [{}])") for n in range(1, 5)])


def data_parameters(names):
  return array([f"UDFParameter(data: {n}.self)" for n in names])


RESULT_DOC = """
  /// `finish` makes the result of a state; of a group without values that of `initial`."""


def aggregate_udf(arity, finishes):
  names = LETTERS[:arity]
  constrained = [f"{n}: ColumnValue" for n in names]
  state = "S: Sendable" if finishes else "S: ColumnValue"
  result = ["Result: ColumnValue"] if finishes else []
  made = "Result" if finishes else "S"
  finish = ",\n    finish: @escaping @Sendable (S) throws -> Result" if finishes else ""
  doc = "" if finishes else ", whose state is its result"
  return f"""  /// A function of all rows of a group, on {plural(arity, 'column')}{doc}.
  ///
  /// `update` is called once per row with the state of the row's group, which begins as a copy of
  /// `initial`; rows with a null for a parameter that is not optional are left out. Each thread has
  /// states of its own, which `merge` adds to another's: merging `initial` must change nothing.{RESULT_DOC if finishes else ''}
  ///
  /// Within a thread rows come in order; which rows a thread gets is not fixed. Where the order
  /// matters, state the contract `.ordered`: then all rows come in order, on one thread.
  ///
  /// With `onError` at `.null` or `.collect`, a row whose `update` fails is left out of its group,
  /// and a group whose `merge` or `finish` fails is null; an `update` that throws should leave the
  /// state as it was. Batch sizes, concurrency and isolation do not apply.
  @inlinable @inline(__always)
  public static func aggregate{generic([state, *constrained, *result])}(
    _ name: String, initial: S, options: UDFOptions = UDFOptions(),
    update: @escaping @Sendable (inout S, {', '.join(names)}) throws -> Void,
    merge: @escaping @Sendable (inout S, S) throws -> Void{finish}
  ) -> AggregateUDF{arity}{generic([*names, made])} {{
    AggregateUDF{arity}(
      aggregateFunction(
        name, {data_parameters(names)}, {made}.columnType, options, initial,
        AggregateLoops(
          update: UDFBody.aggregate(update), merge: merge, finish: {'finish' if finishes else '{ $0 }'})))
  }}"""


def scan_udf(arity):
  names = LETTERS[:arity]
  constrained = [f"{n}: ColumnValue" for n in names]
  return f"""  /// A function called once per row on {plural(arity, 'column')}, in the order of the rows, with a state that it
  /// carries from row to row.
  ///
  /// The state begins as a copy of `initial`, once for the whole frame, or over keys once for each
  /// combination of their values: `running("v").over("key")`. A null for a parameter that is not
  /// optional gives a null without a call and leaves the state as it is.
  @inlinable @inline(__always)
  public static func scan{generic(['S: Sendable', *constrained, 'Result: ColumnValue'])}(
    _ name: String, initial: S, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable (inout S, {', '.join(names)}) throws -> Result
  ) -> ScanUDF{arity}{generic([*names, 'Result'])} {{
    ScanUDF{arity}(
      scanFunction(
        name, {data_parameters(names)}, Result.columnType, options, initial,
        UDFBody.scan(closure)))
  }}"""


def expand_udf(arity, state):
  names = LETTERS[:arity]
  constrained = [f"{n}: ColumnValue" for n in names]
  parameters = list(names)
  made = [f"UDFParameter(data: {n}.self)" for n in names]
  if state:
    constrained.append("S: Stateful" if state == "stateful" else "S")
    parameters.append("S")
    made.append("UDFParameter(state: " + ("state" if state == "given" else "State(of: S.self)") + ".factory)")
  states = ", state: State<S>" if state == "given" else ""
  extra = {None: "", "given": " and a state", "stateful": "\n  /// and an object that the engine makes"}[state]
  return f"""  /// A function that gives zero or more elements for a row, on {plural(arity, 'column')}{extra}.
  ///
  /// The sequence it returns is gone through as elements are needed, also a lazy or endless one. A
  /// null for a parameter that is not optional gives no elements without a call.
  @inlinable @inline(__always)
  public static func expand{generic([*constrained, 'Elements: Sequence & SendableMetatype'])}(
    _ name: String{states}, options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable ({', '.join(parameters)}) throws -> Elements
  ) -> ExpandUDF{arity}{generic([*names, 'Elements.Element'])} where Elements.Element: ColumnValue {{
    ExpandUDF{arity}(
      expandFunction(
        name, {array(made)}, Elements.Element.columnType, options, UDFBody.expand(closure)))
  }}"""


def outputs_udf(arity, results, state):
  names = LETTERS[:arity]
  made = "WXYZ"[:results]
  constrained = [f"{n}: ColumnValue" for n in names] + (["S"] if state else [])
  constrained += [f"{m}: ColumnValue" for m in made]
  parameters = [*names, *(["S"] if state else [])]
  wired = [f"UDFParameter(data: {n}.self)" for n in names]
  wired += ["UDFParameter(state: state.factory)"] if state else []
  labels = ", ".join(f"{'outputs ' if k == 0 else '_ '}{m.lower()}: String" for k, m in enumerate(made))
  outputs = ", ".join(f"({m.lower()}, {m}.columnType)" for m in made)
  tuple_type = f"({', '.join(made)})"
  return f"""  /// A function called once per row on {plural(arity, 'column')}{' and a state' if state else ''} that makes {results} columns.
  @inlinable @inline(__always)
  public static func row{generic(constrained)}(
    _ name: String, {labels}{', state: State<S>' if state else ''},
    options: UDFOptions = UDFOptions(),
    _ closure: @escaping @Sendable ({', '.join(parameters)}) throws -> {tuple_type}
  ) -> RowUDF{arity}{generic([*names, tuple_type])} {{
    RowUDF{arity}(
      function(
        name, outputs: [{outputs}], {array(wired)}, options, UDFBody.{MADE_OF[results]}(closure),
        whole: UDFBody.row(closure)))
  }}"""


def kind_files():
  udf = ROOT / "Sources/Columnar/UDF/Overloads"
  bodies = [aggregate_body(n) for n in range(1, 4)] + [scan_body(n) for n in range(1, 5)]
  bodies += [expand_body(n) for n in range(1, 6)]
  write({
    udf / "UDFBody+Kinds.swift": extension("UDFBody", "", bodies),
    udf / "UDFBody+Outputs.swift": extension(
      "UDFBody", "", [outputs_body(n, r) for r in (2, 3, 4) for n in range(1, 9)]),
    udf / "UDFBody+Structs.swift": extension(
      "UDFBody", "",
      [struct_body(n, False) for n in range(1, 9)] + [struct_body(n, True) for n in range(1, 5)]),
    udf / "UDFBody+AsyncStructs.swift": extension(
      "UDFBody", "", [async_struct_body(n) for n in range(1, 9)]),
    udf / "UDF+AsyncStructs.swift": extension(
      "UDF", "", [async_struct_udf(n, s) for s in (False, True) for n in range(1, 5 if s else 7)]),
    udf / "UDF+Structs.swift": extension(
      "UDF", "",
      [struct_udf(n, s) for s in (False, True) for n in range(1, 5 if s else 7)]
      + [struct_batch_udf(n) for n in range(1, 5)]),
    udf / "KindUDF.swift": HEADER + "import ColumnarCore\n\n" + "\n\n".join(kind_types()) + "\n",
    udf / "UDF+Aggregate.swift": extension(
      "UDF", "", [aggregate_udf(n, f) for f in (True, False) for n in range(1, 4)]),
    udf / "UDF+Scan.swift": extension("UDF", "", [scan_udf(n) for n in range(1, 5)]),
    udf / "UDF+Expand.swift": extension(
      "UDF", "", [expand_udf(n, s) for s in (None, "given", "stateful") for n in range(1, 5)]),
    udf / "UDF+Outputs.swift": extension(
      "UDF", "",
      [outputs_udf(n, r, s) for s in (False, True) for r in (2, 3, 4) for n in range(1, 5 if s else 7)]),
  })


def main():
  udf = ROOT / "Sources/Columnar/UDF/Overloads"
  kinds = (None, "given", "stateful")
  columns = HEADER + "import ColumnarCore\n\n"
  write({
    udf / "UDFBody+Row.swift": extension("UDFBody", "", [row_body(n) for n in range(9)]),
    udf / "UDFBody+Batch.swift": extension(
      "UDFBody", "", [batch_body(n, s) for s in (False, True) for n in range(1, 9 - s)]),
    udf / "UDFBody+Async.swift": extension("UDFBody", "", [async_body(n) for n in range(1, 10)]),
    udf / "UDF+Async.swift": extension(
      "UDF", "", [async_udf(n, s) for s in (False, True) for n in range(1, 9)]),
    udf / "RowUDF.swift": columns + "\n\n".join(udf_type(n) for n in range(9)) + "\n",
    udf / "UDF+Row.swift": extension(
      "UDF", "", [row_udf(n, s) for s in kinds for n in range(9 if s is None else 8)]),
    udf / "UDF+Batch.swift": extension(
      "UDF", "", [batch_udf(n, s) for s in kinds for n in range(1, 9 if s is None else 8)]),
  })
  node_files()
  kind_files()


if __name__ == "__main__":
  main()
