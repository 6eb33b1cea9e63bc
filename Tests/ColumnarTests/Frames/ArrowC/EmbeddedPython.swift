import ColumnarTesting
import Foundation
import Testing

/// A Python with pyarrow inside this process, so that memory can be handed to and fro; nil, said
/// once on stdout, where its library is not at hand.
///
/// `@unchecked Sendable`: constants only, and Python's own lock is taken around every call.
final class EmbeddedPython: @unchecked Sendable {
  static let shared: EmbeddedPython? = {
    guard let python = PythonPeer.python else { return nil }
    let question = """
      import sys, sysconfig as s
      print(s.get_config_var('LIBDIR') + '/' + s.get_config_var('LDLIBRARY'))
      print(sys.base_prefix)
      print(repr(sys.path[1:]))
      """
    guard let answer = try? PythonPeer.run(python, ["-c", question]), answer.status == 0 else {
      return nil
    }
    let lines = answer.text.split(separator: "\n").map(String.init)
    guard lines.count == 3, let made = EmbeddedPython(lines[0], home: lines[1], path: lines[2])
    else {
      print("Tests beside pyarrow in one process are skipped: \(python) has no shared library")
      return nil
    }
    return made
  }()

  private let ensure: @convention(c) () -> Int32
  private let release: @convention(c) (Int32) -> Void
  private let evaluate: @convention(c) (UnsafePointer<CChar>) -> Int32

  private init?(_ library: String, home: String, path: String) {
    guard library.contains(".so"), let handle = dlopen(library, RTLD_NOW | RTLD_GLOBAL) else {
      return nil
    }
    func symbol<T>(_ name: String, _: T.Type) -> T? {
      dlsym(handle, name).map { unsafeBitCast($0, to: T.self) }
    }
    typealias Start = @convention(c) (Int32) -> Void
    typealias Save = @convention(c) () -> UnsafeMutableRawPointer?
    guard let start = symbol("Py_InitializeEx", Start.self),
      let save = symbol("PyEval_SaveThread", Save.self),
      let ensure = symbol("PyGILState_Ensure", (@convention(c) () -> Int32).self),
      let release = symbol("PyGILState_Release", (@convention(c) (Int32) -> Void).self),
      let evaluate = symbol(
        "PyRun_SimpleString", (@convention(c) (UnsafePointer<CChar>) -> Int32).self)
    else { return nil }
    (self.ensure, self.release, self.evaluate) = (ensure, release, evaluate)
    setenv("PYTHONHOME", home, 1)
    start(0)
    unsetenv("PYTHONHOME")
    _ = save()
    let setup = """
      import sys, traceback, ctypes
      sys.path[:] = \(path)
      def columnar_run(code, place, size):
          try:
              exec(code, {"__name__": "columnar"})
          except BaseException:
              text = traceback.format_exc().encode()[-(size - 1):] + b"\\0"
              ctypes.memmove(place, text, len(text))
      """
    let state = ensure()
    defer { release(state) }
    guard evaluate(setup) == 0 else { return nil }
  }

  struct Failure: Error, CustomStringConvertible { let description: String }

  /// Runs Python code; what it raises is an error with its traceback.
  func run(_ code: String) throws {
    let size = 1 << 16
    let place = UnsafeMutablePointer<CChar>.allocate(capacity: size)
    defer { place.deallocate() }
    place[0] = 0
    let quoted =
      "\"\"\""
      + code.replacingOccurrences(of: "\\", with: "\\\\")
      .replacingOccurrences(of: "\"\"\"", with: "\\\"\\\"\\\"") + "\n\"\"\""
    let state = ensure()
    let status = evaluate("columnar_run(\(quoted), \(Int(bitPattern: place)), \(size))")
    release(state)
    if status != 0 { throw Failure(description: "Python could not run the code") }
    if place[0] != 0 { throw Failure(description: String(cString: place)) }
  }
}
