"""Functions with several results: tuples and structs that become columns."""

from .common import LETTERS, UDF_FOLDER, array, extension, generic, plural
from .functions import async_body
from .kinds import data_parameters

MADE_OF = {2: "pairs", 3: "triples", 4: "quadruples"}
STRUCT_DOC = """
  /// for each key of the struct, in the order in which it decodes them."""
STRUCT_MORE = """
  ///
  /// An optional property is a column with nulls, a nested struct a struct column. A type that cannot
  /// be columns is an error wherever the function is used; a value is never decoded but for zeros."""


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


def files():
  return {
    UDF_FOLDER / "UDFBody+Outputs.swift": extension(
      "UDFBody", "", [outputs_body(n, r) for r in (2, 3, 4) for n in range(1, 9)]),
    UDF_FOLDER / "UDFBody+Structs.swift": extension(
      "UDFBody", "",
      [struct_body(n, False) for n in range(1, 9)] + [struct_body(n, True) for n in range(1, 5)]),
    UDF_FOLDER / "UDFBody+AsyncStructs.swift": extension(
      "UDFBody", "", [async_struct_body(n) for n in range(1, 9)]),
    UDF_FOLDER / "UDF+AsyncStructs.swift": extension(
      "UDF", "", [async_struct_udf(n, s) for s in (False, True) for n in range(1, 5 if s else 7)]),
    UDF_FOLDER / "UDF+Structs.swift": extension(
      "UDF", "",
      [struct_udf(n, s) for s in (False, True) for n in range(1, 5 if s else 7)]
      + [struct_batch_udf(n) for n in range(1, 5)]),
    UDF_FOLDER / "UDF+Outputs.swift": extension(
      "UDF", "",
      [outputs_udf(n, r, s) for s in (False, True) for r in (2, 3, 4) for n in range(1, 5 if s else 7)]),
  }
