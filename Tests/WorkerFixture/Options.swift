import Columnar

extension UDFOptions {
  package static var inWorkers: UDFOptions { UDFOptions(maxConcurrency: 2) }

  package static func inWorkers(contract: Contract) -> UDFOptions {
    UDFOptions(maxConcurrency: 2, contract: contract)
  }
}
