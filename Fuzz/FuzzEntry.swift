import ColumnarCore
import Glibc

/// Runs libFuzzer, whose own `main` the package manager leaves no room for.
@main enum FuzzProgram {
  static func main() {
    var count = CommandLine.argc
    var words = CommandLine.unsafeArgv
    exit(runFuzzer(&count, &words) { testOneInput($0, $1) })
  }
}

@_silgen_name("LLVMFuzzerRunDriver")
private func runFuzzer(
  _ count: UnsafeMutablePointer<CInt>,
  _ words: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>>,
  _ body: @convention(c) (UnsafeRawPointer?, Int) -> CInt
) -> CInt

/// What libFuzzer calls with each input, for the reader that `COLUMNAR_FUZZ_TARGET` names.
///
/// A reader may refuse an input with a `ColumnarError` that names the file, and do nothing else
/// that is wrong: whatever traps, takes too long or takes too much memory ends the run.
@_cdecl("LLVMFuzzerTestOneInput")
public func testOneInput(_ start: UnsafeRawPointer?, _ count: Int) -> CInt {
  let bytes = UnsafeRawBufferPointer(start: start, count: count)
  do { try FuzzTarget.chosen.read(bytes) } catch { FuzzTarget.check(error) }
  return 0
}

/// The readers that are fuzzed.
enum FuzzTarget: String, CaseIterable {
  case parquet, page, arrow, arrows, csv, jsonl

  static let chosen: FuzzTarget = {
    let name = getenv("COLUMNAR_FUZZ_TARGET").map { String(cString: $0) } ?? ""
    if let target = FuzzTarget(rawValue: name) { return target }
    let names = allCases.map(\.rawValue).joined(separator: ", ")
    fatalError("COLUMNAR_FUZZ_TARGET is \"\(name)\"; it may be \(names)")
  }()

  /// What the inputs are called in errors.
  static let fileName = "fuzzed"

  /// As many rows are looked at; a few bytes may stand for billions.
  static let rows = 4000

  func read(_ bytes: UnsafeRawBufferPointer) throws {
    switch self {
    case .parquet: try ParquetFuzz.read(Buffer(copying: bytes))
    case .page: try PageFuzz.read(bytes)
    case .arrow: try ArrowFuzz.readFile(Buffer(copying: bytes))
    case .arrows: try ArrowFuzz.readStream(bytes)
    case .csv: try CSVFuzz.read(bytes)
    case .jsonl: try JSONLinesFuzz.read(bytes)
    }
  }

  /// Ends the process at an error that no file may give.
  static func check(_ error: any Error) {
    guard let error = error as? ColumnarError else { fatalError("not our error: \(error)") }
    let allowed: Set<ColumnarError.Code> = [
      .corruptFile, .unsupported, .resourcesExhausted, .duplicateName, .invalidValue,
      .typeMismatch,
    ]
    guard allowed.contains(error.code) else { fatalError("unexpected error: \(error)") }
    guard error.message.contains(fileName) || error.message.contains(FuzzFile.path) else {
      fatalError("names no file: \(error)")
    }
  }
}
