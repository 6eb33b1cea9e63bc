import Foundation

/// Where and with what was measured.
public struct Machine {
  /// Processor, memory, system.
  public let line: String
  /// The cores that this process may use.
  public let threads: Int
  /// The version of the code, as Git knows it.
  public let version: String

  /// This machine.
  ///
  /// - Parameter folder: a folder of the repository.
  public init(repository folder: String) {
    threads = ProcessInfo.processInfo.activeProcessorCount
    let memory = (Double(ProcessInfo.processInfo.physicalMemory) / 1_073_741_824).rounded()
    line =
      "\(Self.processor), \(threads) cores, \(Int(memory)) GiB, "
      + ProcessInfo.processInfo.operatingSystemVersionString
    version =
      Self.output(of: ["git", "-C", folder, "describe", "--tags", "--always", "--dirty"])
      ?? "unknown"
  }

  private static var processor: String {
    let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = info.split(separator: "\n").first { $0.hasPrefix("model name") }
    let name = line?.split(separator: ":").last?.trimmingCharacters(in: .whitespaces)
    return name ?? "unknown processor"
  }

  private static func output(of command: [String]) -> String? {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = command
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let data = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    let text = String(decoding: data, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    return process.terminationStatus == 0 && !text.isEmpty ? text : nil
  }
}
