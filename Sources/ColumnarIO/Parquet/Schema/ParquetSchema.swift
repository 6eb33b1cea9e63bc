import ColumnarCore

/// The columns of a file, as ours.
struct ParquetSchema: Sendable {
  /// The columns that are read.
  let schema: Schema
  /// One per column of `schema`.
  let nodes: [ParquetNode]
  /// All leaves of the file, also those of columns that are left out.
  let leaves: [ParquetLeaf?]
  /// The columns that are left out, and why.
  let omitted: [(name: String, reason: String)]

  /// Makes columns of a file's schema.
  ///
  /// Types that the engine has no column for are an error that names the column, or left out where
  /// `options` say so.
  init(
    _ metadata: ParquetMetadata, _ options: ParquetReadOptions, _ origin: ParquetOrigin
  ) throws {
    var builder = ParquetSchemaBuilder(
      metadata.elements, int96Unit: options.int96Unit, origin.at(metadata.dataEnd))
    let columns = try builder.columns()
    var leaves = builder.leaves
    let hints = ParquetArrowHints(metadata)
    var (fields, nodes) = ([Field](), [ParquetNode]())
    var omitted: [(String, String)] = []
    for column in columns {
      switch column {
      case .column(let name, let plain):
        let node = hints?.applied(to: plain, named: name, &leaves) ?? plain
        fields.append(Field(name, node.type))
        nodes.append(node)
      case .unsupported(let name, let error):
        guard options.unsupportedColumns == .omit else { throw error }
        omitted.append((name, error.message))
      }
    }
    var seen = Set<String>()
    if let twice = fields.first(where: { !seen.insert($0.name).inserted }) {
      throw ColumnarError(
        .duplicateName,
        "\"\(origin.name)\" has two columns named \"\(twice.name)\". Have one renamed where it is "
          + "written.", context: [.file(origin.name)])
    }
    self.init(Schema(unchecked: fields), nodes, leaves, omitted)
  }

  private init(
    _ schema: Schema, _ nodes: [ParquetNode], _ leaves: [ParquetLeaf?],
    _ omitted: [(name: String, reason: String)]
  ) {
    self.schema = schema
    self.nodes = nodes
    self.leaves = leaves
    self.omitted = omitted
  }

  /// The same columns without the fields that the types given by name lack.
  func narrowed(to types: [String: DataType]) -> ParquetSchema {
    let narrow = zip(schema.names, nodes).map { name, node in
      types[name].map(node.narrowed) ?? node
    }
    let fields = zip(schema.names, narrow).map { Field($0, $1.type) }
    return ParquetSchema(Schema(unchecked: fields), narrow, leaves, omitted)
  }
}
