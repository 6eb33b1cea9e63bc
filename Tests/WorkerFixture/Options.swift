import Columnar

extension UDFOptions {
  package static var inWorkers: UDFOptions { inWorkers() }

  package static func inWorkers(
    onError: ErrorPolicy? = nil, retry: Retry? = nil, timeout: Timeout? = nil,
    contract: Contract? = nil
  ) -> UDFOptions {
    UDFOptions(
      batchSize: 1000, maxConcurrency: 2, isolation: .process, onError: onError,
      retry: retry, timeout: timeout, contract: contract)
  }
}
