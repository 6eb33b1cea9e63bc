import ColumnarIO
import Glibc

/// What happens when the tool is told to end before its work is done.
enum Interrupt {
  private static let signals = [SIGINT, SIGTERM, SIGHUP]

  /// From now on Ctrl-C and its like remove what is half written, and then end the tool as they do
  /// others; to be called before there are threads.
  static func install() {
    var set = sigset_t()
    sigemptyset(&set)
    for signal in signals {
      // What is ignored (nohup, a script's background) stays so.
      var old = sigaction()
      sigaction(signal, nil, &old)
      if old.__sigaction_handler.sa_handler == nil { sigaddset(&set, signal) }
    }
    pthread_sigmask(SIG_BLOCK, &set, nil)
    var thread = pthread_t()
    pthread_create(&thread, nil, { _ in Interrupt.wait() }, nil)
  }

  private static func wait() -> Never {
    var set = sigset_t()
    pthread_sigmask(SIG_BLOCK, nil, &set)
    var signal: Int32 = 0
    while sigwait(&set, &signal) != 0 {}
    AtomicFile.removeUnfinished()
    // What the signal does by itself, which tells whoever started the tool.
    _ = Glibc.signal(signal, SIG_DFL)
    var one = sigset_t()
    sigemptyset(&one)
    sigaddset(&one, signal)
    pthread_sigmask(SIG_UNBLOCK, &one, nil)
    raise(signal)
    exit(128 + signal)
  }

  /// Standard streams that are closed are opened as something that cannot be used, so that no file
  /// of ours takes their place.
  static func fillStandardStreams() {
    for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
      _ = open("/dev/null", descriptor == STDIN_FILENO ? O_WRONLY : O_RDONLY)
    }
  }
}
