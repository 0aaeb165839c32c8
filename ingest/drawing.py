"""Values of the PDF drawing model: matrices, colours, and what the codes in a string show."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

_BULLETS = {"\x7f": "•", "\uf0b7": "•", "\uf0a7": "▪", "\uf0d8": "‣"}  # how writers of PDF encode them, without a meaning in Unicode

Matrix = tuple[float, ...]


def multiply(m: Sequence[float], n: Sequence[float]) -> Matrix:
    """Return the matrix that applies `m`, then `n`."""
    return (
        m[0] * n[0] + m[1] * n[2], m[0] * n[1] + m[1] * n[3], m[2] * n[0] + m[3] * n[2],
        m[2] * n[1] + m[3] * n[3], m[4] * n[0] + m[5] * n[2] + n[4], m[4] * n[1] + m[5] * n[3] + n[5],
    )  # fmt: skip


def decoded(part: Any, font: Any) -> list[tuple[str, str]]:
    """Return (character code as text, what it shows) of each character of a string."""
    data = part if isinstance(part, bytes) else str(part).encode("latin-1", "replace")
    if isinstance(font.encoding, str):
        try:
            codes = data.decode(font.encoding, "surrogatepass")
        except UnicodeDecodeError:
            codes = data.decode(font.encoding, "replace")
        return [(code, _BULLETS.get(shown := font.character_map.get(code, code), shown)) for code in codes]
    found = []
    for byte in data:
        char = font.encoding.get(byte, chr(byte))
        char = font.character_map.get(char, char)
        found.append((chr(byte), _BULLETS.get(char, char)))
    return found


def rgb(values: Sequence[float]) -> tuple[float, ...] | None:
    """Return a colour given in grey, red-green-blue or CMYK as red, green and blue; None for others."""
    if len(values) == 1:
        return (values[0],) * 3
    if len(values) == 4:
        return tuple((1 - v) * (1 - values[3]) for v in values[:3])
    return tuple(values) if len(values) == 3 else None
