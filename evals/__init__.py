"""Measure the product from above, through the same service that users reach.

`cases` reads questions, `answer` and `run` answer them into a run folder, `metrics/` and `score` score (pure functions), `suite`
holds all kinds together; `compare`, `gate` and `report/` judge. Answering, scoring and judging are separate: stored answers can
be scored again. `parts`, `perturb` and `faults` break things on purpose. See evals/README.md.
"""
