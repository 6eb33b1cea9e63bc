import CArrowShim
import Glibc

/// An Arrow array and its schema as another library would hand them out, made by hand, which count
/// how often they are released.
final class HandMadeArray {
  /// How often each struct's release was called.
  final class Counts {
    var arrays = 0
    var schemas = 0
  }

  var array: UnsafeMutablePointer<ArrowArray>
  var schema: UnsafeMutablePointer<ArrowSchema>
  let counts = Counts()
  private var memory: [UnsafeMutableRawPointer] = []

  /// What a release works with.
  private final class Held {
    let counts: Counts
    /// Frees everything when the last struct is gone.
    let owner: HandMadeArray
    init(_ owner: HandMadeArray) { (self.owner, counts) = (owner, owner.counts) }
  }

  /// A buffer is nil, bytes, or memory of the caller's.
  enum Bytes {
    case none
    case bytes([UInt8])
    case address(UnsafeRawPointer)

    static func values<T: BitwiseCopyable>(_ values: [T]) -> Bytes {
      .bytes(values.withUnsafeBytes { Array($0) })
    }
  }

  init(
    _ format: String, _ name: String = "", length: Int, nulls: Int = 0, offset: Int = 0,
    _ buffers: [Bytes] = [], children: [HandMadeArray] = [], dictionary: HandMadeArray? = nil
  ) {
    array = .allocate(capacity: 1)
    schema = .allocate(capacity: 1)
    var made = ArrowArray()
    (made.length, made.null_count, made.offset) = (Int64(length), Int64(nulls), Int64(offset))
    made.n_buffers = Int64(buffers.count)
    made.buffers = .allocate(capacity: max(1, buffers.count))
    for (k, buffer) in buffers.enumerated() {
      switch buffer {
      case .none: made.buffers?[k] = nil
      case .address(let address): made.buffers?[k] = address
      case .bytes(let bytes):
        // No byte more than there is, so that a tool for that finds who reads beyond.
        let place = UnsafeMutableRawPointer.allocate(byteCount: bytes.count, alignment: 64)
        place.copyMemory(from: bytes, byteCount: bytes.count)
        memory.append(place)
        made.buffers?[k] = UnsafeRawPointer(place)
      }
    }
    var described = ArrowSchema()
    described.format = UnsafePointer(strdup(format))
    described.name = UnsafePointer(strdup(name))
    described.flags = 2
    made.n_children = Int64(children.count)
    described.n_children = Int64(children.count)
    made.children = .allocate(capacity: max(1, children.count))
    described.children = .allocate(capacity: max(1, children.count))
    for (k, child) in children.enumerated() {
      made.children?[k] = child.array
      described.children?[k] = child.schema
    }
    made.dictionary = dictionary?.array
    described.dictionary = dictionary?.schema
    made.release = { HandMadeArray.release($0) }
    described.release = { HandMadeArray.release($0) }
    array.initialize(to: made)
    schema.initialize(to: described)
    array.pointee.private_data = Unmanaged.passRetained(Held(self)).toOpaque()
    schema.pointee.private_data = Unmanaged.passRetained(Held(self)).toOpaque()
  }

  deinit { for place in memory { place.deallocate() } }

  private static func release(_ array: UnsafeMutablePointer<ArrowArray>?) {
    guard let array, let held = array.pointee.private_data else { return }
    for k in 0..<Int(array.pointee.n_children) {
      if let child = array.pointee.children?[k] { child.pointee.release?(child) }
    }
    if let dictionary = array.pointee.dictionary { dictionary.pointee.release?(dictionary) }
    array.pointee.children?.deallocate()
    array.pointee.buffers?.deallocate()
    let taken = Unmanaged<Held>.fromOpaque(held)
    taken.takeUnretainedValue().counts.arrays += 1
    taken.release()
    array.pointee.release = nil
  }

  private static func release(_ schema: UnsafeMutablePointer<ArrowSchema>?) {
    guard let schema, let held = schema.pointee.private_data else { return }
    for k in 0..<Int(schema.pointee.n_children) {
      if let child = schema.pointee.children?[k] { child.pointee.release?(child) }
    }
    if let dictionary = schema.pointee.dictionary { dictionary.pointee.release?(dictionary) }
    schema.pointee.children?.deallocate()
    free(UnsafeMutableRawPointer(mutating: schema.pointee.format))
    free(UnsafeMutableRawPointer(mutating: schema.pointee.name))
    let taken = Unmanaged<Held>.fromOpaque(held)
    taken.takeUnretainedValue().counts.schemas += 1
    taken.release()
    schema.pointee.release = nil
  }

  /// A stream of these arrays, which then fails with `error` or ends.
  static func stream(
    _ arrays: [HandMadeArray], error: (Int32, String?)? = nil, failsAtOnce: Bool = false
  ) -> (ArrowArrayStream, Releases) {
    let script = Script(arrays, error, failsAtOnce)
    var made = ArrowArrayStream()
    made.get_schema = { stream, target in
      guard let script = HandMadeArray.script(stream), let target else { return EINVAL }
      if script.failsAtOnce { return script.error?.0 ?? EINVAL }
      target.pointee = script.arrays[0].schema.pointee
      script.arrays[0].schema.pointee.release = nil
      return 0
    }
    made.get_next = { stream, target in
      guard let script = HandMadeArray.script(stream), let target else { return EINVAL }
      guard script.position < script.arrays.count else {
        if let error = script.error { return error.0 }
        target.pointee.release = nil
        return 0
      }
      let array = script.arrays[script.position].array
      target.pointee = array.pointee
      array.pointee.release = nil
      script.position += 1
      return 0
    }
    made.get_last_error = { stream in
      HandMadeArray.script(stream)?.text.map { UnsafePointer($0) }
    }
    made.release = { stream in
      guard let script = HandMadeArray.script(stream) else { return }
      script.releases.count += 1
      Unmanaged.passUnretained(script).release()
      stream?.pointee.release = nil
    }
    made.private_data = Unmanaged.passRetained(script).toOpaque()
    return (made, script.releases)
  }

  /// How often a stream was released.
  final class Releases { var count = 0 }

  private final class Script {
    let arrays: [HandMadeArray]
    let error: (Int32, String?)?
    let failsAtOnce: Bool
    let releases = Releases()
    let text: UnsafeMutablePointer<CChar>?
    var position = 0
    init(_ arrays: [HandMadeArray], _ error: (Int32, String?)?, _ failsAtOnce: Bool) {
      (self.arrays, self.error, self.failsAtOnce) = (arrays, error, failsAtOnce)
      text = error?.1.map { strdup($0) }
    }
    deinit { free(text) }
  }

  private static func script(_ stream: UnsafeMutablePointer<ArrowArrayStream>?) -> Script? {
    stream?.pointee.private_data.map { Unmanaged<Script>.fromOpaque($0).takeUnretainedValue() }
  }
}
