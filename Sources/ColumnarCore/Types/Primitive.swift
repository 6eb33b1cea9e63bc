/// A fixed-width value that a column stores as itself.
public protocol Primitive: BitwiseCopyable, Sendable, Comparable, Hashable {
  /// The column type that stores this Swift type.
  static var primitiveType: DataType { get }
}

extension Int8: Primitive { public static var primitiveType: DataType { .int8 } }
extension Int16: Primitive { public static var primitiveType: DataType { .int16 } }
extension Int32: Primitive { public static var primitiveType: DataType { .int32 } }
extension Int64: Primitive { public static var primitiveType: DataType { .int64 } }
extension Int: Primitive { public static var primitiveType: DataType { .int64 } }
extension UInt8: Primitive { public static var primitiveType: DataType { .uint8 } }
extension UInt16: Primitive { public static var primitiveType: DataType { .uint16 } }
extension UInt32: Primitive { public static var primitiveType: DataType { .uint32 } }
extension UInt64: Primitive { public static var primitiveType: DataType { .uint64 } }
extension UInt: Primitive { public static var primitiveType: DataType { .uint64 } }
extension Float: Primitive { public static var primitiveType: DataType { .float32 } }
/// An unscaled decimal; the type says nothing of its scale.
extension Int128: Primitive { public static var primitiveType: DataType { .decimal128(38) } }
extension Double: Primitive { public static var primitiveType: DataType { .float64 } }
