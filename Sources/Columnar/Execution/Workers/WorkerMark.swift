import CColumnarSystem
import ColumnarCore
import Glibc

/// Whether this process was started as a worker and does not serve yet.
///
/// The environment says so (`COLUMNAR_WORKER`); it is read before `main`, and what a worker starts
/// in turn doesn't inherit it.
package enum WorkerMark {
  /// The descriptor of a worker's first lane.
  static let lane = Int32(COLUMNAR_WORKER_LANE)
  /// The number of lanes: batches that are on their way to one worker or in it.
  static let laneCount = Int(COLUMNAR_WORKER_LANES)

  /// The name the parent gave this worker, nil if this is no worker or one at work.
  static var name: String? { columnar_worker_mark().map { String(cString: $0) } }

  /// Ends the process if it should be serving but runs a query instead: its `main` lacks the
  /// call, and running on would do the program's work a second time, with workers of its own.
  ///
  /// Cost: one load.
  package static func refuseIfMarked() {
    guard columnar_worker_mark() != nil else { return }
    _ = WorkerMessage.forgot("It ran a query instead of serving.").send(to: WorkerMark.lane)
    StandardError.write("columnar: \(missingCall)" + "\n")
    _exit(78)
  }

  /// What to do about a `main` without the call.
  static let missingCall =
    "this process was started as a worker of isolation .process, but it did not call "
    + "Worker.serveIfAsked. Add `Worker.serveIfAsked(pipeline)` (with the pipelines or functions whose "
    + "options say isolation: .process) at the top of main, before anything is run."
}
