"""A question in the other language, word by word, from `corpus/translations.json` (`evals/translate.py` learns it from the notes).

No translation to read, but enough to search with: the index says everything in two languages, and the embedded encoder
reads English only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from ingest.analysis import split_compound, words
from ingest.errors import CorpusError

Translated = Sequence[tuple[str, float]]  # words of the other language with their probability, likeliest first


class Translations:
    """Look up words. `table`: {language: {folded word: translations}}; `vocabulary`: words that a Dutch compound may be made of."""

    def __init__(self, table: Mapping[str, Mapping[str, Translated]], vocabulary: frozenset[str] = frozenset()) -> None:
        self._table = table
        self._vocabulary = vocabulary

    def of(self, word: str, language: str) -> list[Translated]:
        """Return the translations of a folded word; of its parts when it is a compound that the table does not have."""
        rows = self._table.get(language, {})
        if word in rows:
            return [rows[word]]
        parts = split_compound(word, self._vocabulary) if language == "nl" else []
        return [rows[part] for part in parts if part in rows]

    def gloss(self, text: str, language: str) -> str:
        """Return the likeliest word for each word of a text; a word without translations stays as it is."""
        said: list[str] = []
        for word in words(text):
            for likeliest in [row[0][0] for row in self.of(word, language)] or [word]:
                if said[-1:] != [likeliest]:
                    said.append(likeliest)
        return " ".join(said)


def load_translations(file: Path, vocabulary: frozenset[str]) -> Translations:
    """Read the table; an absent file is an empty one. Raises CorpusError when it is malformed."""
    if not file.exists():
        return Translations({})
    try:
        table = json.loads(file.read_text("utf-8"))
        rows = {la: {w: [(str(t), float(p)) for t, p in row] for w, row in words_.items() if row} for la, words_ in table.items()}
        return Translations(rows, vocabulary)
    except (ValueError, TypeError, AttributeError) as error:
        raise CorpusError(f"{file}: not a table of translations: {error}. Make it again with `wijzer eval translate`.") from error
