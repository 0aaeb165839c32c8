"""Measure the product from above, through the same service that users reach.

`cases` reads questions, `answer` runs them, `metrics/` scores (pure functions), `record` keeps a run folder, `report`
shows it. Answering, scoring and reporting are separate: stored answers can be scored again.
"""
