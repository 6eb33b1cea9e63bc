import ColumnarCore
import ColumnarIO

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes what happens in runs to a file that Perfetto (ui.perfetto.dev) and Chrome's
/// `about:tracing` open: a process per run, a track per thread, a slice per batch.
///
/// Slices of a thread stand inside each other or apart. What may overlap (calls of async functions,
/// where items are asked for, and nested pipelines, on which several threads work) has tracks of
/// its own.
///
/// The format is the array of the Trace Event Format. The file is whole after every run, and every
/// 64 KB in between, so that one of a program that was killed can be read too. Writing that fails
/// (a full disk) ends the trace, not the run; `error` tells.
public final class TraceFile: RunListener {
  private struct State {
    var text = ""
    var hasEvents = false
    var end: off_t = 0
    var runs: [Int: Run] = [:]
    /// How many slices have tracks of their own.
    var spans = 0
    var error: ColumnarError?
  }

  private struct Run {
    /// Since the trace began.
    let start: Duration
    /// When nested pipelines began, by their path, since the run did.
    var nested: [String: Duration] = [:]
  }

  public let detail: RunDetail
  private let path: String
  private let descriptor: Int32
  private let began = MonotonicClock.nanoseconds()
  private let state = Monitor(State())
  private static let flushedBytes = 1 << 16

  /// A trace in a new file at `path`; what stood there is replaced.
  public init(_ path: String, detail: RunDetail = .batches) throws {
    self.path = path
    self.detail = detail
    descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { throw MappedFile.systemError("cannot create", path) }
    state.withLock { flush(&$0) }
  }

  deinit {
    state.withLock { flush(&$0) }
    close(descriptor)
  }

  /// What went wrong with writing; nil if nothing did.
  public var error: ColumnarError? { state.withLock { $0.error } }

  public func receive(_ event: RunEvent) {
    state.withLock { state in
      if case .runStarted = event.kind {
        let now = Duration.passed(from: began, to: MonotonicClock.nanoseconds())
        state.runs[event.run] = Run(start: now - event.time)
      }
      add(event, &state)
      if case .runFinished = event.kind {
        state.runs[event.run] = nil
        flush(&state)
      } else if state.text.utf8.count >= Self.flushedBytes {
        flush(&state)
      }
    }
  }

  // MARK: Events

  private func add(_ event: RunEvent, _ state: inout State) {
    if case .nestedStarted = event.kind, let path = event.node {
      state.runs[event.run]?.nested[path] = event.time
    }
    let run = state.runs[event.run]
    let began = event.node.flatMap { run?.nested[$0] }
    guard let slice = TraceSlice(event, began: began) else { return }
    if slice.isSpan { state.spans += 1 }
    for line in slice.lines(from: run?.start ?? .zero, span: state.spans) {
      state.text += (state.hasEvents ? ",\n" : "") + line
      state.hasEvents = true
    }
  }

  /// Appends what was noted, over the bracket that ended the file.
  private func flush(_ state: inout State) {
    guard state.error == nil else {
      state.text = ""
      return
    }
    var text = (state.end == 0 ? "[\n" : "") + state.text
    state.text = ""
    let length = text.utf8.count
    text += "\n]\n"
    let isWritten = text.withUTF8 { bytes in
      var rest = UnsafeRawBufferPointer(bytes)[...]
      var at = state.end
      while !rest.isEmpty {
        let sent = pwrite(
          descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count, at)
        if sent < 0, errno == EINTR { continue }
        if sent <= 0 { return false }
        at += off_t(sent)
        rest = rest.dropFirst(sent)
      }
      return true
    }
    guard isWritten else {
      state.error = MappedFile.systemError("cannot write the trace", path)
      // Of what was written halfway nothing counts.
      if ftruncate(descriptor, state.end) == 0 { _ = pwrite(descriptor, "\n]\n", 3, state.end) }
      return
    }
    state.end += off_t(length)
  }
}

/// Text as a string of JSON.
package enum JSONText {
  package static func quoted(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let hex = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }
}
