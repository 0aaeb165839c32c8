"""Which noted passages say much the same as another? By their claims, in both languages at once, so without any question.

What stands behind the first passage differs between a question and its translation; what is near that passage does not.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from ingest.vectors import Vectors


class Kin:
    """The mean direction of each passage's claims. `owner`: the passage of each note."""

    def __init__(self, vectors: Vectors, owner: Mapping[str, str]) -> None:
        notes, claims = vectors.everything("claims")
        held = [(row, owner[note]) for row, note in enumerate(notes) if note in owner]
        self._row = {passage: at for at, passage in enumerate(dict.fromkeys(passage for _, passage in held))}
        total = np.zeros((len(self._row), claims.shape[1]), dtype=np.float32)
        for row, passage in held:
            total[self._row[passage]] += claims[row]
        self._means = total / (np.linalg.norm(total, axis=1, keepdims=True) + 1e-9)

    def of(self, passage: str) -> dict[str, float]:
        """Return the cosine of every other noted passage with this one; nothing for a passage without notes."""
        at = self._row.get(passage)
        if at is None:
            return {}
        cosines = self._means @ self._means[at]
        return {name: float(cosines[row]) for name, row in self._row.items() if row != at}
