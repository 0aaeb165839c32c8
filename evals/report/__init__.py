"""The report of a suite: one HTML file that opens anywhere. `content` says what stands in it, `charts` draws, `page` writes."""
