"""A check of one's own initiative: is it institutional innovation, and which tasks are still open? From `corpus/frameworks/`."""
