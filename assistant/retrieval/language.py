"""Dutch or English? A vote of function words; libraries fail at short questions such as "tips" and "living lab"."""

from __future__ import annotations

import re
from collections.abc import Mapping

from assistant.records import Language

_NL = frozenset(
    (
        "de het een en van is dat die wat hoe waarom welke wie waar wanneer ik je jij we wij er om op voor met niet geen ook "
        "zijn was wordt worden door bij naar uit als dan maar of over te tot heeft hebben kan kunnen moet moeten mijn onze ons "
        "deze dit hun zij ze hij haar nog wel al zo veel meer gemeente gemeenten hoeveel werd werden vooral volgens tijdens "
        "tussen binnen onder zonder hebt zegt gaat doen noem geef welk"
    ).split()
)
_EN = frozenset(
    (
        "the a an and of is are was were that this these those what how why which who where when i you we they it to for with "
        "not no do does did by from as than but or about can could should would will my our their his her has have had be been "
        "on at municipality municipalities many there more according during between within without name give list tell "
        "explain"
    ).split()
)


def detect(text: str, otherwise: Language = "nl", vocabulary: Mapping[str, frozenset[str]] | None = None) -> Language:
    """Return the language of a text; `otherwise` when the vote is a tie.

    `vocabulary`: words of the documents and notes per language; what stands in one of them only votes for it a little, unless
    it has a capital: names stand in both.
    """
    words = re.findall(r"[a-zà-ÿ']+", text.lower())
    dutch = sum(w in _NL for w in words) + 0.6 * sum(bool(re.search(r"ij|aa|ee[nrl]|oo[rnl]|uu|sch|lijk|heid", w)) for w in words)
    english = sum(w in _EN for w in words) + 0.6 * sum(bool(re.search(r"th|wh|ght|tion|ing$|ity$|ough", w)) for w in words)
    if vocabulary:
        plain = re.findall(r"(?<![\w'])[a-zà-ÿ]{3,}", text)
        dutch += 0.4 * sum(w in vocabulary["nl"] and w not in vocabulary["en"] for w in plain)
        english += 0.4 * sum(w in vocabulary["en"] and w not in vocabulary["nl"] for w in plain)
    if dutch == english:
        return otherwise
    return "nl" if dutch > english else "en"
