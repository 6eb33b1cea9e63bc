// Starting, watching and ending of worker processes, and the page of memory they share.
#ifndef COLUMNAR_WORKER_H
#define COLUMNAR_WORKER_H

#include <stddef.h>
#include <stdint.h>

/// The environment variable that marks a process as a worker.
#define COLUMNAR_WORKER_VARIABLE "COLUMNAR_WORKER"

/// The descriptors that a worker is started with, besides the standard three.
enum {
  COLUMNAR_WORKER_MEMORY = 3,
  COLUMNAR_WORKER_LANE = 4,
  COLUMNAR_WORKER_LANES = 2,
};

/// A worker as its parent holds it; a descriptor that is not open is -1.
typedef struct {
  int pid;
  /// Readable when the process has ended; -1 where the system has no such thing.
  int pid_descriptor;
  int memory;
  int lanes[COLUMNAR_WORKER_LANES];
  /// The reading end of the pipe behind the worker's stdout and stderr.
  int log;
} columnar_worker;

/// Starts `path` (null: this program's own file) as a worker with this environment, marked with `mark`,
/// and `memory_size` bytes of sparse shared memory, in a process group of its own. Returns 0, or the
/// error number with nothing left open.
int columnar_worker_spawn(const char *_Nullable path, char *_Nullable const *_Nonnull arguments,
                          const char *_Nonnull mark, uint64_t memory_size,
                          columnar_worker *_Nonnull worker);

/// Kills the worker and what it started.
void columnar_worker_kill(const columnar_worker *_Nonnull worker);

/// Waits at most `milliseconds` for the end of the worker. Returns 1 and its wait status when it has
/// ended (-1 where somebody else took the status), 0 when it still runs.
int columnar_worker_wait(const columnar_worker *_Nonnull worker, int milliseconds,
                         int *_Nonnull status);

/// Closes all descriptors.
void columnar_worker_close(const columnar_worker *_Nonnull worker);

/// The text of a wait status, such as "exit status 3" or "signal 11 (Segmentation fault)".
void columnar_worker_status_text(int status, char *_Nonnull text, size_t size);

/// Whether a wait status is that of a process that ended by itself, by `exit` or from `main`.
int columnar_worker_exited(int status);

/// What this process was marked with if it was started as a worker and does not serve yet, else null.
const char *_Nullable columnar_worker_mark(void);

/// From now on this process is a worker at work: it may run queries.
void columnar_worker_unmark(void);

/// Has a line of stdout written when it is ended, though it is no terminal, and nothing left in buffers
/// that a crash would lose.
void columnar_line_buffer_stdout(void);

/// Sends all bytes of `head` and `body` without a signal if nobody reads. Returns 0 or the error.
int columnar_send(int socket, const void *_Nonnull head, size_t head_size,
                  const void *_Nullable body, size_t body_size);

/// Receives exactly `size` bytes. Returns 1, 0 at the end of the stream, or -1.
int columnar_receive(int socket, void *_Nonnull target, size_t size);

/// The first page of the shared memory.
typedef struct {
  /// The slot whose batch the worker is at, plus one; 0 between batches.
  uint32_t running;
  /// Not zero once the query was cancelled.
  uint32_t cancelled;
  /// When the function was called on that batch, in nanoseconds of the monotonic clock; 0 before.
  uint64_t began;
  /// The row of that batch that a watched function is at, plus one; 0 between rows.
  uint64_t row;
  /// When it came to that row.
  uint64_t row_began;
} columnar_worker_page;

static inline uint32_t columnar_load32(const uint32_t *_Nonnull address) {
  return __atomic_load_n(address, __ATOMIC_ACQUIRE);
}
static inline void columnar_store32(uint32_t *_Nonnull address, uint32_t value) {
  __atomic_store_n(address, value, __ATOMIC_RELEASE);
}
static inline uint64_t columnar_load64(const uint64_t *_Nonnull address) {
  return __atomic_load_n(address, __ATOMIC_ACQUIRE);
}
static inline void columnar_store64(uint64_t *_Nonnull address, uint64_t value) {
  __atomic_store_n(address, value, __ATOMIC_RELEASE);
}

#endif
