import Columnar
import Testing

@Suite struct UDFOptionsTests {
  @Test func printedAreTheGivenOnes() {
    #expect("\(UDFOptions())" == "none")
    #expect(
      "\(UDFOptions(batchSize: 2048, maxConcurrency: 4))" == "batchSize 2048, maxConcurrency 4")
    let options = UDFOptions(
      maxBatchBytes: 1_024, isolation: .process, onError: .collect, errorBudget: .count(3),
      retry: Retry(attempts: 3, backoff: .seconds(1)), timeout: .perRow(.seconds(2)),
      contract: .once)
    #expect(
      "\(options)" == "contract once, isolation process, onError collect, maxBatchBytes 1024, "
        + "errorBudget 3 rows, retry up to 3 calls, backoff 1.0 seconds, timeout 2.0 seconds per row"
    )
  }
}
