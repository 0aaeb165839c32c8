"""Repairs that every reader needs: unsafe characters, broken words, ligatures. Text in, text out."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"ﬁ": "fi", "ﬂ": "fl", "ﬀ": "ff", "ﬃ": "ffi", "ﬄ": "ffl", "\u00ad": "", "\u00a0": " "})
# Zero-width, bidirectional controls and the tag block can hide instructions from a reader's eye.
_HIDDEN = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\U000e0000-\U000e007f]")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_TAGS = re.compile(r"</?(?:b|i|u|em|strong|sup|sub|br|ul|ol|li|p)\b[^<>]{0,80}>", re.I)
CELL_END = "\u2028"  # the end of a line within a cell of a table
_END = rf"[ \t]*[\n{CELL_END}]"
_BROKEN = re.compile(rf"(-?)(\w+)-{_END}(?:[ \t]*|\f[ \t]*(?=[a-zà-ÿ]))(?=(\w+))")
_CUT = re.compile(rf"(?<![\w-])(\w{{5,}}){_END}([a-zà-ÿ]\w*)")  # in a cell too narrow for it, without a hyphen
_WITHIN = re.compile(rf"(?<![\w\n{CELL_END}-])[\w-]+(?![\w-]|{_END})")
_OR = re.compile(rf"(?:^|(?<=[\s(]))([^\W\d_][\w-]*)/{_END}(?=[^\W\d_])", re.M)
# A link goes on on the next line when it ends in a mark that no sentence ends in, or when that line holds more of what only
# links have. A hyphen at the line end is then its own.
_NEW = r"(?!https?:|www\.)"
_SITE = r"((?:https?://|www\.|(?<![\w.@-])(?:[\w-]+\.)+(?:nl|com|org|eu|net|be)/)\S*"
_LINK = re.compile(
    _SITE + rf"(?:/{_END}[ \t]*{_NEW}(?=[a-z?])|[_=&?-]{_END}[ \t]*{_NEW}(?=\w)))|"
    + _SITE + rf"[^\s.,;)]){_END}[ \t]*{_NEW}(?=[^\s(]*[/=_&?%~]|[^\s(]+\.html?\b)"
)  # fmt: skip
_SOFT = re.compile("\u00ad[ \\t]*\n[ \\t]*")  # a soft hyphen at a line end is always a broken word
_OVERRIDE = re.compile(
    r"(?is)\b(?:ignore|disregard|forget|negeer|vergeet)\b.{0,60}\b(?:instructions?|prompts?|instructies|aanwijzingen|opdrachten?)\b"
    r"|\b(?:system prompt|systeemprompt)\b|\byou are now\b|<\|im_start\|>|\[INST\]"
    r"|\b(?:you are|you, as|je bent|u bent) (?:now |nu )?(?:an? |een )?(?:ai\b|chatgpt|language model|taalmodel|(?:ai[- ])?assist[ae]nt)"
    r"|\b(?:dear|beste|to the|note to|aan de|aan het) (?:ai\b|(?:ai[- ])?assist[ae]nt|chatbot|language model|taalmodel)"
)


def addresses_assistant(text: str) -> bool:
    """True when a text speaks to an assistant instead of a reader: it may be there to steer answers."""
    return bool(_OVERRIDE.search(text))


def printable(text: str) -> tuple[str, list[str]]:
    """Return the text with safe characters only, and a warning for each kind of thing that was hidden in it."""
    warnings = []
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    hidden = len(_HIDDEN.findall(text.lstrip("\ufeff")))
    if hidden:
        warnings.append(f"{hidden} invisible characters removed")
    text = _SOFT.sub("", _CONTROL.sub("", _HIDDEN.sub("", text))).translate(_LIGATURES)
    return text, warnings


def mend_words(text: str) -> str:
    """Join words and links broken at a line end ("be-\\nstuurs" becomes "bestuurs", "oost-\\nwest" stays "oost-west").

    The document itself decides: where the hyphenated form stands unbroken elsewhere, the hyphen is kept; before
    "en" or "of" the hyphen belongs to a shortened compound ("zorg- en welzijn"). Two halves without a hyphen, the first of
    which is no word in the document while both together are, are joined too. Lines in a cell of a table end in CELL_END.
    """
    while (linked := _LINK.sub(lambda m: re.sub(r"\s+", "", m.group()), text)) != text:
        text = linked
    text = _OR.sub(r"\1/", text)
    words = set(re.findall(r"[\w-]+", text.lower()))
    within: set[str] = set()

    def join(match: re.Match[str]) -> str:
        mark, left, right = match.groups()
        if right.lower() in {"en", "of", "and", "or"}:
            return f"{mark}{left}- "
        kept = left[-1].isdigit() or not right[0].islower() or left.isupper() or (mark and len(left) <= 3)  # "up-to-date"
        if kept or f"{left}-{right}".lower() in words:
            return f"{mark}{left}-"
        return mark + left

    def rejoin(match: re.Match[str]) -> str:
        left, right = match.group(1).lower(), match.group(2).lower()
        broken = left + right in words and left not in within and (right not in within or len(right) < 4)
        return match.group(1) + match.group(2) if broken else match.group()

    text = _BROKEN.sub(join, text)
    within.update(_WITHIN.findall(text.lower()))
    return _CUT.sub(rejoin, text)


def without_tags(text: str) -> str:
    """Remove the HTML tags that some converters leave in table cells."""
    return _TAGS.sub(" ", text)


def squeeze(text: str) -> str:
    """Fold runs of white space into one space, keeping tabs between table cells."""
    return re.sub(r" *\t[ \t]*", "\t", re.sub(r"[ \u2009]+", " ", text)).strip(" \n")
