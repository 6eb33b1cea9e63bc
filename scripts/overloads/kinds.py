"""Functions of other kinds than a row for a row: aggregate, scan, expand."""

from .common import HEADER, LETTERS, UDF_FOLDER, array, extension, generic, plural

RESULT_DOC = """
  /// `finish` makes the result of a state; of a group without values that of `initial`."""


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


def data_parameters(names):
  return array([f"UDFParameter(data: {n}.self)" for n in names])


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


def files():
  bodies = [aggregate_body(n) for n in range(1, 4)] + [scan_body(n) for n in range(1, 5)]
  bodies += [expand_body(n) for n in range(1, 6)]
  return {
    UDF_FOLDER / "UDFBody+Kinds.swift": extension("UDFBody", "", bodies),
    UDF_FOLDER / "KindUDF.swift": HEADER + "import ColumnarCore\n\n" + "\n\n".join(kind_types()) + "\n",
    UDF_FOLDER / "UDF+Aggregate.swift": extension(
      "UDF", "", [aggregate_udf(n, f) for f in (True, False) for n in range(1, 4)]),
    UDF_FOLDER / "UDF+Scan.swift": extension("UDF", "", [scan_udf(n) for n in range(1, 5)]),
    UDF_FOLDER / "UDF+Expand.swift": extension(
      "UDF", "", [expand_udf(n, s) for s in (None, "given", "stateful") for n in range(1, 5)]),
  }
