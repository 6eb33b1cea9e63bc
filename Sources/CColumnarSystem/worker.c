#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include "worker.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#if defined(__linux__)
#include <sys/syscall.h>
#else
#define MSG_NOSIGNAL 0
#endif
#if defined(__APPLE__)
#include <mach-o/dyld.h>
#endif

extern char **environ;

// MARK: The parent's side

/// Above the numbers that a worker's descriptors get, so that placing one never overwrites another.
enum { FIRST_FREE = COLUMNAR_WORKER_LANE + COLUMNAR_WORKER_LANES, MOVED = 16 };

static void close_open(int *descriptor) {
  if (*descriptor >= 0) close(*descriptor);
  *descriptor = -1;
}

/// Moves a descriptor above those that a worker gets; closed on exec.
static int moved(int *descriptor) {
  int copy = fcntl(*descriptor, F_DUPFD_CLOEXEC, MOVED);
  if (copy < 0) return errno;
  close(*descriptor);
  *descriptor = copy;
  return 0;
}

static int shared_memory(uint64_t size, int *descriptor) {
#if defined(__linux__)
  *descriptor = memfd_create("columnar", MFD_CLOEXEC);
#else
  char name[40];
  static int number;
  snprintf(name, sizeof name, "/columnar.%d.%d", getpid(),
           __atomic_fetch_add(&number, 1, __ATOMIC_RELAXED));
  *descriptor = shm_open(name, O_RDWR | O_CREAT | O_EXCL, 0600);
  if (*descriptor >= 0) shm_unlink(name);
#endif
  if (*descriptor < 0) return errno;
  int error = moved(descriptor);
  if (error) return error;
  return ftruncate(*descriptor, (off_t)size) == 0 ? 0 : errno;
}

/// A pair of connected sockets, or a pipe: ours closed on exec, theirs moved out of the way.
static int pair(int is_pipe, int *ours, int *theirs) {
  int ends[2];
#if defined(__linux__)
  int failed = is_pipe ? pipe2(ends, O_CLOEXEC)
                       : socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends);
  if (failed) return errno;
#else
  int failed = is_pipe ? pipe(ends) : socketpair(AF_UNIX, SOCK_STREAM, 0, ends);
  if (failed) return errno;
  for (int k = 0; k < 2; k++) {
    fcntl(ends[k], F_SETFD, FD_CLOEXEC);
    int yes = 1;
    if (!is_pipe) setsockopt(ends[k], SOL_SOCKET, SO_NOSIGPIPE, &yes, sizeof yes);
  }
#endif
  *ours = ends[0];
  *theirs = ends[1];
  int error = moved(ours);
  return error ? error : moved(theirs);
}

static int spawn(const char *path, char *const *arguments, char *const *environment, int memory,
                 const int *lanes, int log, int *pid) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  int error = posix_spawn_file_actions_init(&actions);
  if (error) return error;
  error = posix_spawnattr_init(&attributes);
  if (error) {
    posix_spawn_file_actions_destroy(&actions);
    return error;
  }
  error = posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, log, STDOUT_FILENO);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, log, STDERR_FILENO);
  if (!error) error = posix_spawn_file_actions_adddup2(&actions, memory, COLUMNAR_WORKER_MEMORY);
  for (int k = 0; k < COLUMNAR_WORKER_LANES && !error; k++)
    error = posix_spawn_file_actions_adddup2(&actions, lanes[k], COLUMNAR_WORKER_LANE + k);
  short flags = POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
#if defined(__APPLE__)
  flags |= POSIX_SPAWN_CLOEXEC_DEFAULT;
#elif defined(__GLIBC__) && __GLIBC_PREREQ(2, 34)
  // What the program or a library of its opened without closing it on exec stays here.
  if (!error) error = posix_spawn_file_actions_addclosefrom_np(&actions, FIRST_FREE);
#endif
  sigset_t none, defaults;
  sigemptyset(&none);
  sigemptyset(&defaults);
  const int signals[] = {SIGHUP, SIGINT, SIGQUIT, SIGPIPE, SIGTERM, SIGCHLD, SIGUSR1, SIGUSR2};
  for (size_t k = 0; k < sizeof signals / sizeof *signals; k++) sigaddset(&defaults, signals[k]);
  if (!error) error = posix_spawnattr_setsigmask(&attributes, &none);
  if (!error) error = posix_spawnattr_setsigdefault(&attributes, &defaults);
  if (!error) error = posix_spawnattr_setpgroup(&attributes, 0);
  if (!error) error = posix_spawnattr_setflags(&attributes, flags);
  if (!error) error = posix_spawn(pid, path, &actions, &attributes, arguments, environment);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

/// This process's environment and the mark; to be freed, as is the last string before its end.
static char **marked_environment(const char *mark) {
  size_t count = 0;
  while (environ[count]) count++;
  char **copy = malloc((count + 2) * sizeof *copy);
  size_t size = sizeof COLUMNAR_WORKER_VARIABLE + 1 + strlen(mark);
  char *entry = malloc(size);
  if (!copy || !entry) {
    free(copy);
    free(entry);
    return NULL;
  }
  snprintf(entry, size, "%s=%s", COLUMNAR_WORKER_VARIABLE, mark);
  memcpy(copy, environ, count * sizeof *copy);
  copy[count] = entry;
  copy[count + 1] = NULL;
  return copy;
}

static int spawn_marked(const char *path, char *const *arguments, const char *mark, int memory,
                        const int *lanes, int log, int *pid) {
  char own[4096];
  if (!path) {
#if defined(__APPLE__)
    uint32_t size = sizeof own;
    if (_NSGetExecutablePath(own, &size) != 0) return ENAMETOOLONG;
    path = own;
#else
    // Not what the link points to: that file may have been replaced since.
    (void)own;
    path = "/proc/self/exe";
#endif
  }
  char **environment = marked_environment(mark);
  if (!environment) return ENOMEM;
  int error = spawn(path, arguments, environment, memory, lanes, log, pid);
  size_t count = 0;
  while (environment[count + 1]) count++;
  free(environment[count]);
  free(environment);
  return error;
}

int columnar_worker_spawn(const char *path, char *const *arguments, const char *mark,
                          uint64_t memory_size, columnar_worker *worker) {
  *worker = (columnar_worker){-1, -1, -1, {-1, -1}, -1};
  int lanes[COLUMNAR_WORKER_LANES] = {-1, -1}, log = -1;
  int error = shared_memory(memory_size, &worker->memory);
  for (int k = 0; k < COLUMNAR_WORKER_LANES && !error; k++)
    error = pair(0, &worker->lanes[k], &lanes[k]);
  if (!error) error = pair(1, &worker->log, &log);
  if (!error && fcntl(worker->log, F_SETFL, O_NONBLOCK) != 0) error = errno;
  if (!error)
    error = spawn_marked(path, arguments, mark, worker->memory, lanes, log, &worker->pid);
  for (int k = 0; k < COLUMNAR_WORKER_LANES; k++) close_open(&lanes[k]);
  close_open(&log);
  if (error) {
    columnar_worker_close(worker);
    *worker = (columnar_worker){-1, -1, -1, {-1, -1}, -1};
    return error;
  }
#if defined(__linux__) && defined(SYS_pidfd_open)
  worker->pid_descriptor = (int)syscall(SYS_pidfd_open, worker->pid, 0);
#endif
  return 0;
}

void columnar_worker_kill(const columnar_worker *worker) {
  // The group first: it may have helpers. Before its leader is in it there is only the leader.
  kill(-worker->pid, SIGKILL);
  kill(worker->pid, SIGKILL);
}

int columnar_worker_wait(const columnar_worker *worker, int milliseconds, int *status) {
  struct timespec pause = {0, 1000000};
  for (int waited = 0;; waited++) {
    if (worker->pid_descriptor >= 0) {
      struct pollfd end = {worker->pid_descriptor, POLLIN, 0};
      poll(&end, 1, milliseconds);
      waited = milliseconds;
    }
    int pid = waitpid(worker->pid, status, WNOHANG);
    if (pid == worker->pid) return 1;
    if (pid < 0 && errno != EINTR) {
      *status = -1;
      return 1;
    }
    if (waited >= milliseconds) return 0;
    nanosleep(&pause, NULL);
  }
}

void columnar_worker_close(const columnar_worker *worker) {
  if (worker->pid_descriptor >= 0) close(worker->pid_descriptor);
  if (worker->memory >= 0) close(worker->memory);
  for (int k = 0; k < COLUMNAR_WORKER_LANES; k++)
    if (worker->lanes[k] >= 0) close(worker->lanes[k]);
  if (worker->log >= 0) close(worker->log);
}

void columnar_worker_status_text(int status, char *text, size_t size) {
  if (status == -1) {
    snprintf(text, size, "a status that something else in the program took");
  } else if (WIFSIGNALED(status)) {
    int number = WTERMSIG(status);
    snprintf(text, size, "signal %d (%s)", number, strsignal(number));
  } else {
    snprintf(text, size, "exit status %d", WEXITSTATUS(status));
  }
}

int columnar_worker_exited(int status) { return status != -1 && WIFEXITED(status); }

// MARK: The worker's side

static char *mark;

/// Ends the process when the parent has closed its end, by whatever death.
///
/// Unlike PR_SET_PDEATHSIG, which speaks of the parent's thread, this is about the process.
static void *watch_parent(void *unused) {
  (void)unused;
  while (1) {
    struct pollfd lane = {COLUMNAR_WORKER_LANE, 0, 0};
    if (poll(&lane, 1, -1) < 0 && errno != EINTR) break;
    if (lane.revents & (POLLHUP | POLLERR | POLLNVAL)) break;
  }
  if (getpgrp() == getpid()) kill(0, SIGKILL);
  _exit(1);
}

/// Runs before `main`: from its first moment on a worker ends with its parent, and what it starts in
/// turn is neither marked nor holds its descriptors.
__attribute__((constructor)) static void find_mark(void) {
  const char *value = getenv(COLUMNAR_WORKER_VARIABLE);
  if (!value) return;
  struct stat status;
  int is_worker = fstat(COLUMNAR_WORKER_LANE, &status) == 0 && S_ISSOCK(status.st_mode);
  if (is_worker) mark = strdup(value);
  unsetenv(COLUMNAR_WORKER_VARIABLE);
  if (!is_worker) return;
  for (int k = COLUMNAR_WORKER_MEMORY; k < FIRST_FREE; k++) fcntl(k, F_SETFD, FD_CLOEXEC);
  sigset_t all, old;
  sigfillset(&all);
  pthread_sigmask(SIG_SETMASK, &all, &old);
  pthread_t thread;
  if (pthread_create(&thread, NULL, watch_parent, NULL) == 0) pthread_detach(thread);
  pthread_sigmask(SIG_SETMASK, &old, NULL);
}

const char *columnar_worker_mark(void) { return mark; }

void columnar_worker_unmark(void) { mark = NULL; }

void columnar_line_buffer_stdout(void) { setvbuf(stdout, NULL, _IOLBF, 0); }

// MARK: Both sides

int columnar_send(int socket, const void *head, size_t head_size, const void *body,
                  size_t body_size) {
  struct iovec parts[2] = {{(void *)head, head_size}, {(void *)body, body_size}};
  struct msghdr message = {0};
  message.msg_iov = parts;
  message.msg_iovlen = body_size > 0 ? 2 : 1;
  size_t left = head_size + body_size;
  while (left > 0) {
    ssize_t sent = sendmsg(socket, &message, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent < 0) return errno;
    left -= (size_t)sent;
    for (size_t k = 0; k < 2 && sent > 0; k++) {
      size_t taken = (size_t)sent < parts[k].iov_len ? (size_t)sent : parts[k].iov_len;
      parts[k].iov_base = (char *)parts[k].iov_base + taken;
      parts[k].iov_len -= taken;
      sent -= (ssize_t)taken;
    }
  }
  return 0;
}

int columnar_receive(int socket, void *target, size_t size) {
  size_t got = 0;
  while (got < size) {
    ssize_t part = recv(socket, (char *)target + got, size - got, MSG_WAITALL);
    if (part < 0 && errno == EINTR) continue;
    if (part <= 0) return part == 0 ? 0 : -1;
    got += (size_t)part;
  }
  return 1;
}
