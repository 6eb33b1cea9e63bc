import CArrowShim
import ColumnarCore
import Glibc

/// Describes columns to another library.
enum ArrowCSchemaWriter {
  /// Fills `target` with the schema of a table; its consumer releases it.
  static func write(_ schema: IPCSchema, to target: UnsafeMutablePointer<ArrowSchema>) {
    write("", format: "+s", schema.fields, to: target)
    target.pointee.flags = 0
  }

  private static func write(_ field: IPCField, to target: UnsafeMutablePointer<ArrowSchema>) {
    guard field.codes != nil else {
      return write(field.name, format: ArrowCFormat.text(of: field), field.children, to: target)
    }
    // Codes are ours: 32-bit numbers.
    write(field.name, format: "i", [], to: target)
    let values = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
    write("", format: ArrowCFormat.text(of: field.values), [], to: values)
    target.pointee.dictionary = values
  }

  private static func write(
    _ name: String, format: String, _ children: [IPCField],
    to target: UnsafeMutablePointer<ArrowSchema>
  ) {
    var made = ArrowSchema()
    made.format = UnsafePointer(strdup(format))
    made.name = UnsafePointer(strdup(name))
    made.flags = Int64(ARROW_FLAG_NULLABLE)
    made.n_children = Int64(children.count)
    made.children = .allocate(capacity: children.count)
    for (k, child) in children.enumerated() {
      let place = UnsafeMutablePointer<ArrowSchema>.allocate(capacity: 1)
      place.initialize(to: ArrowSchema())
      write(child, to: place)
      made.children?[k] = place
    }
    made.release = { ArrowCSchemaWriter.release($0) }
    target.initialize(to: made)
  }

  private static func release(_ schema: UnsafeMutablePointer<ArrowSchema>?) {
    guard let schema, schema.pointee.release != nil else { return }
    free(UnsafeMutableRawPointer(mutating: schema.pointee.format))
    free(UnsafeMutableRawPointer(mutating: schema.pointee.name))
    for k in 0..<Int(schema.pointee.n_children) {
      guard let child = schema.pointee.children?[k] else { continue }
      // Whoever moved a part out has set its release to null.
      if let release = child.pointee.release { release(child) }
      child.deallocate()
    }
    schema.pointee.children?.deallocate()
    if let dictionary = schema.pointee.dictionary {
      if let release = dictionary.pointee.release { release(dictionary) }
      dictionary.deallocate()
    }
    schema.pointee.release = nil
  }
}
