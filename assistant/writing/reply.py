"""A model's reply, piece by piece, to sentences with the labels they cite; what is no prose is taken out on the way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from ingest.sentences import sentences

_NUMBERS = r"\d{1,3}(?:\s*(?:,|;|&|en|and|-|–)\s*\d{1,3})*"
_LABEL = rf"[\[【]\s*\^?(?:(?:passages?|bron(?:nen)?|sources?|nr\.?)\s*)?{_NUMBERS}\s*[\]】](?!\()"
_LABELS = re.compile(_LABEL, re.I)
_AFTER = re.compile(rf"([.!?…][\"'”’»)*_]*)(\s*(?:{_LABEL}\s*)+)", re.I)
_THINK = r"think|thinking|thought|reasoning|analysis|reflection"
_OPEN, _CLOSE = re.compile(rf"<\s*(?:{_THINK})\s*>", re.I), re.compile(rf"<\s*/\s*(?:{_THINK})\s*>", re.I)
_MARKUP = (  # in this order: an image is also a link
    (re.compile(r"!\[[^\]]*\]\s*(?:\([^)]*\)|\[[^\]]*\])"), " "),
    (re.compile(r"\[([^\]\d][^\]]*)\]\s*\([^)]*\)?"), r"\1"),
    (re.compile(r"<!--.*?(?:-->|$)|<(?:script|style)\b.*?(?:</(?:script|style)\s*>|$)", re.I | re.S), " "),
    (re.compile(r"</?[a-zA-Z!?][^<>]*>?"), " "),
    (re.compile(r"^\s*(?:[-*+•]\s+|#{1,6}\s+|>\s*|\d{1,2}[.)]\s+(?=\D))+"), ""),
    (re.compile(r"(\*\*|__|\*|`+|~~)(?=\S)|(?<=\S)(\*\*|__|\*|`+|~~)"), ""),
)
_OUTSIDE = (_MARKUP[0], (re.compile(r"</?[a-zA-Z!][^<>]*>"), " "))  # taken out before cutting: they may stand between sentences
_LINK = re.compile(r"\w+://|www\.|\b(?:javascript|data|mailto):|\]\s*\(|^\s*\[[^\]]+\]:", re.I)
_ENDED = re.compile(r"[.!?…][\"'”’»)\]]*$")
_ITEM = re.compile(r"^\s*(?:[-*+•]|\d{1,2}[.)])\s+")


@dataclass(frozen=True)
class Written:
    """One sentence as the model wrote it: its words without labels and markup, and the labels.

    `link`: it holds an address; `item`: it is a point of a list, which may go without a full stop.
    """

    text: str
    labels: tuple[int, ...]
    link: bool = False
    item: bool = False

    @property
    def ended(self) -> bool:
        """True when the model closed the sentence."""
        return bool(_ENDED.search(self.text))

    @property
    def sentence(self) -> str:
        """The words, with the full stop that the model left out."""
        return self.text if self.ended else f"{self.text}."


class Reply:
    """Take a reply in pieces, give its sentences as soon as each is complete.

    `void` counts how often everything before was taken back: what stood before a closing thinking tag was never an answer.
    """

    def __init__(self) -> None:
        self.void = 0
        self._held = ""
        self._thinking = False

    def feed(self, piece: str) -> list[Written]:
        """Return the sentences that are complete now. The last one is held back: its labels may still come."""
        self._held += piece
        self._without_thinking()
        if self._thinking:
            return []
        for pattern, instead in _OUTSIDE:
            self._held = pattern.sub(instead, self._held)
        self._held = _AFTER.sub(lambda m: f" {m[2].strip()}{m[1]} ", self._held)
        spans = sentences(self._held)
        done: list[Written] = []
        cut = 0
        for (start, end), (after, _) in pairwise(spans):
            rest = self._held[after:]
            if rest[0] in "[【" and not re.search(r"[\]】]", rest):
                break  # a label that is only half here
            done.append(read(self._held[start:end]))
            cut = after
        self._held = self._held[cut:]
        return [w for w in done if w.text]

    def finish(self) -> list[Written]:
        """Return what is left when the reply has ended."""
        done = self.feed("\n")
        rest, self._held = "" if self._thinking else self._held, ""
        return [*done, *(w for w in (read(rest[a:b]) for a, b in sentences(rest)) if w.text)]

    def _without_thinking(self) -> None:
        """Drop what stands between thinking tags, and whatever came before one: an answer does not begin before its thinking."""
        while True:
            opened, closed = _OPEN.search(self._held), _CLOSE.search(self._held)
            if self._thinking and closed is None:
                self._held = self._held[-20:]  # a closing tag may be half here
                return
            if not self._thinking and opened is None and closed is None:
                return
            first = closed if self._thinking or opened is None or (closed and closed.start() < opened.start()) else opened
            assert first is not None
            self.void += not self._thinking
            self._thinking = first is opened
            self._held = self._held[first.end() :]


def without_thinking(reply: str) -> str:
    """Return a whole reply without what the model thought: nothing up to the last closing tag, nor from one that was never closed."""
    return _OPEN.split(_CLOSE.split(reply)[-1])[0].strip()


def read(text: str) -> Written:
    """Return one sentence, cleaned: labels, images, links, HTML and signs of Markdown are no part of its words."""
    item = bool(_ITEM.match(text))
    labels: list[int] = []
    for found in _LABELS.findall(text):
        numbers = [int(n) for n in re.findall(r"\d+", found)]
        if re.search(r"\d\s*[-–]\s*\d", found) and len(numbers) == 2:
            numbers = list(range(numbers[0], min(numbers[1], numbers[0] + 20) + 1))
        labels += numbers
    bare = _LABELS.sub("", text)
    link = bool(_LINK.search(bare))
    for pattern, instead in _MARKUP:
        bare = pattern.sub(instead, bare)
    bare = re.sub(r"\s+([.,;:!?…])", r"\1", " ".join(bare.split())).strip()
    return Written(bare if re.search(r"[^\W\d_]", bare) else "", tuple(dict.fromkeys(labels)), link or bool(_LINK.search(bare)), item)
