"""The steps of the pipeline, one per module: each takes the State and returns the next State or a final Answer."""
