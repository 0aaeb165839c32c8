"""Memos: an answer, advice, scan or check as a document to pass on, with footnotes, passages and a receipt."""
