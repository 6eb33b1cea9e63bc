"""Row, batch and async functions: their erased bodies, their types, their overloads."""

from .common import HEADER, LETTERS, UDF_FOLDER, array, extension, generic, plural

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


def files():
  kinds = (None, "given", "stateful")
  columns = HEADER + "import ColumnarCore\n\n"
  return {
    UDF_FOLDER / "UDFBody+Row.swift": extension("UDFBody", "", [row_body(n) for n in range(9)]),
    UDF_FOLDER / "UDFBody+Batch.swift": extension(
      "UDFBody", "", [batch_body(n, s) for s in (False, True) for n in range(1, 9 - s)]),
    UDF_FOLDER / "UDFBody+Async.swift": extension("UDFBody", "", [async_body(n) for n in range(1, 10)]),
    UDF_FOLDER / "UDF+Async.swift": extension(
      "UDF", "", [async_udf(n, s) for s in (False, True) for n in range(1, 9)]),
    UDF_FOLDER / "RowUDF.swift": columns + "\n\n".join(udf_type(n) for n in range(9)) + "\n",
    UDF_FOLDER / "UDF+Row.swift": extension(
      "UDF", "", [row_udf(n, s) for s in kinds for n in range(9 if s is None else 8)]),
    UDF_FOLDER / "UDF+Batch.swift": extension(
      "UDF", "", [batch_udf(n, s) for s in kinds for n in range(1, 9 if s is None else 8)]),
  }
