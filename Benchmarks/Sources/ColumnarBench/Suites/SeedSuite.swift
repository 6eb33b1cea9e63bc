import Columnar
import Harness

/// The seed's five tests at its sizes, from lists to columns, as it times them.
let seedSuite = Suite(
  "seed",
  notes: [
    "seed-published and …-published are figures from elsewhere (another machine, or another run on "
      + "this kind of machine); they are in no ratio.",
    "From lists to columns; names in .columns start from columns.",
    "seed.stateless runs 100 of its 5,000 rows; its times are multiplied by 50.",
  ],
  [
    statefulGroup, statelessGroup, batchSizeGroup, concurrencyGroup, batchFunctionGroup,
    hierarchyGroup, textGroup, pipelineGroup, seedProcessGroup,
  ])
