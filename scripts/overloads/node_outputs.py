"""Nodes with several outputs."""

from .common import LETTERS, array, generic, plural
from .nodes import NODE_FOLDER, NODE_HEADER, node_names, node_ports

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


def files():
  functions = {
    "Outputs+Arities": [
      outputs_function(n, results, named)
      for results in (2, 3) for named in (False, True) for n in range(1, 9)],
    "Outputs+UDF": [
      outputs_of_udf(n, results, named)
      for results in (2, 3, 4) for named in (False, True) for n in range(1, 7)],
    "Outputs+Structs": [
      struct_outputs_function(n, named) for named in (False, True) for n in range(1, 9)],
    "Outputs+AsyncStructs": [
      async_struct_outputs_function(n, named) for named in (False, True) for n in range(1, 9)],
    "Outputs+BatchStructs": [
      batch_struct_outputs_function(n, named) for named in (False, True) for n in range(1, 5)],
  }
  return {
    NODE_FOLDER / f"{name}.swift": NODE_HEADER + "\n\n".join(texts) + "\n"
    for name, texts in functions.items()
  }
