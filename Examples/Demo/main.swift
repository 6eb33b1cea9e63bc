// The main job, on the real data in data/: a dataframe query, a pipeline of nodes with expensive
// state, and what it costs to make that state in the wrong place.

func section(_ title: String) {
  print("\n\(title)\n\(String(repeating: "─", count: title.count))\n")
}

section("Flights out of New York in 2013: who leaves late")
try FlightsQuery.run()

section("WordNet's glosses through a pipeline with a real tokenizer")
try GlossPipeline.run()

section("Where an expensive object is made: the guide's comparison")
try StateComparison.run()
