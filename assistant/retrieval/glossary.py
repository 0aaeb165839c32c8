"""Synonyms and translations from `corpus/glossary.yaml`, as index terms."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import yaml

from ingest.analysis import terms, words
from ingest.errors import CorpusError


class Glossary:
    """Look up the other names of what a question mentions."""

    def __init__(self, rows: list[dict[str, list[str]]]) -> None:
        self._rows = rows
        self._by_phrase: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            for language in ("nl", "en"):
                for phrase in row.get(language, []):
                    key = tuple(terms(phrase, language, keep_stopwords=False))
                    if key:
                        self._by_phrase[language, key].append(number)
        self._longest = max((len(key) for _, key in self._by_phrase), default=1)

    def kin(self, term: str, language: str) -> frozenset[str]:
        """Return an index term with the terms of its synonyms in the same language."""
        rows = self._by_phrase.get((language, (term,)), [])
        others = {t for r in rows for phrase in self._rows[r].get(language, []) for t in terms(phrase, language, keep_stopwords=False)}
        return frozenset({term} | others)

    def expand(self, text: str, language: str) -> tuple[list[str], list[str]]:
        """Return (synonyms in the same language, translations in the other) as single words."""
        own = terms(text, language, keep_stopwords=False)
        rows: list[int] = []
        for size in range(self._longest, 0, -1):
            for at in range(len(own) - size + 1):
                rows += self._by_phrase.get((language, tuple(own[at : at + size])), [])
        other = "en" if language == "nl" else "nl"
        present = set(words(text))
        synonyms = [w for r in rows for phrase in self._rows[r].get(language, []) for w in words(phrase) if w not in present]
        translations = [w for r in rows for phrase in self._rows[r].get(other, []) for w in words(phrase)]
        return list(dict.fromkeys(synonyms)), list(dict.fromkeys(translations))


def load_glossary(file: Path) -> Glossary:
    """Read the glossary; an absent file is an empty glossary. Raises CorpusError when it is malformed."""
    if not file.exists():
        return Glossary([])
    try:
        rows = yaml.load(file.read_text("utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)) or []
    except yaml.YAMLError as error:
        raise CorpusError(f"{file}: not valid YAML: {error}") from error
    if not isinstance(rows, list) or not all(isinstance(r, dict) and set(r) <= {"nl", "en"} for r in rows):
        raise CorpusError(f"{file}: a list of rows with `nl` and `en` is expected")
    return Glossary(rows)
