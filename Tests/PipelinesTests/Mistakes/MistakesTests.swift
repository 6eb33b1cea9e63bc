import Foundation
import Testing

/// What users get wrong most often is an error of the compiler, at the line where it is wrong; and
/// what they get right compiles quickly.
@Suite struct MistakesTests {
  private var folder: URL { URL(fileURLWithPath: #filePath).deletingLastPathComponent() }

  @Test func mistakesDoNotCompile() throws {
    let source = try String(
      contentsOf: folder.appending(path: "Fixture.swift.txt"), encoding: .utf8)
    let copy = FileManager.default.temporaryDirectory
      .appending(path: "mistakes-\(UUID().uuidString).swift")
    defer { try? FileManager.default.removeItem(at: copy) }
    try source.write(to: copy, atomically: true, encoding: .utf8)
    let output = try Compiler.typecheck(copy).output
    var errors: [Int: String] = [:]
    for line in output.split(separator: "\n") {
      guard let mark = line.range(of: ": error: "), line.hasPrefix(copy.path) else { continue }
      let place = line[..<mark.lowerBound].split(separator: ":")
      guard place.count > 1, let number = Int(place[1]) else { continue }
      errors[number, default: ""] += line[mark.upperBound...] + "\n"
    }
    for (index, line) in source.split(separator: "\n", omittingEmptySubsequences: false)
      .enumerated()
    {
      let found = errors[index + 1] ?? ""
      if let mark = line.range(of: "// error:") {
        let wanted = line[mark.upperBound...].trimmingCharacters(in: .whitespaces)
        #expect(!found.isEmpty, "line \(index + 1) compiles: \(line)")
        #expect(
          wanted.isEmpty || found.contains(wanted), "line \(index + 1): \(line)\ngave: \(found)")
      } else {
        #expect(found.isEmpty, "line \(index + 1) does not compile: \(line)\ngave: \(found)")
      }
    }
  }

  @Test func theSketchCompilesQuickly() throws {
    let sketch = folder.deletingLastPathComponent().appending(path: "SketchTests.swift")
    let text = try String(contentsOf: sketch, encoding: .utf8)
    // Without the testing macros, whose expansion is not ours to measure.
    let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map {
      line -> String in
      if line == "import Testing" { return "" }
      return String(line).replacing("@Suite ", with: "").replacing("@Test ", with: "")
        .replacing("#expect(", with: "check(")
    }
    let copy = FileManager.default.temporaryDirectory
      .appending(path: "sketch-\(UUID().uuidString).swift")
    defer { try? FileManager.default.removeItem(at: copy) }
    try (lines + ["func check(_ condition: Bool) {}"]).joined(separator: "\n")
      .write(to: copy, atomically: true, encoding: .utf8)
    let (output, seconds) = try Compiler.typecheck(
      copy, "-Xfrontend", "-warn-long-expression-type-checking=400")
    #expect(output == "")
    // Measured: 0.4 s; the rest is room for a busy machine.
    #expect(seconds < 60)
  }
}

/// The compiler, on the modules that the tests were built with.
enum Compiler {
  static func typecheck(_ file: URL, _ options: String...) throws -> (
    output: String, seconds: Double
  ) {
    let products = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      [
        "swiftc", "-typecheck", "-swift-version", "6", "-diagnostic-style", "llvm",
        "-I", products.appending(path: "Modules").path,
      ] + moduleMaps(products) + options + [file.path]
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = pipe
    let began = ContinuousClock.now
    try process.run()
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let time = (ContinuousClock.now - began) / .seconds(1)
    return (String(decoding: data, as: UTF8.self), time)
  }

  /// The C modules beneath ours: those that were built, and those of system libraries.
  private static func moduleMaps(_ products: URL) -> [String] {
    let sources = URL(fileURLWithPath: #filePath)
      .appending(path: "../../../../Sources").standardizedFileURL
    return [products, sources].flatMap { folder in
      let entries = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
      return entries.sorted().map { folder.appending(path: "\($0)/module.modulemap").path }
        .filter { FileManager.default.fileExists(atPath: $0) }
        .flatMap { ["-Xcc", "-fmodule-map-file=\($0)"] }
    }
  }
}
