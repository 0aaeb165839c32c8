"""Scores, as pure functions over plain values; each is tested with numbers worked out by hand."""
