"""Words to index terms: folding, stemming and compound splitting, the same for text and for questions.

PyStemmer's `dutch` (Kraaij-Pohlmann) brings "leren", "leerde" and "geleerd" together but damages ge- nouns (gemeente
becomes meen); those go to `dutch_porter`. A few endings that both miss are handled here.
"""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Mapping
from functools import lru_cache

import Stemmer

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LINKERS = ("", "s", "en", "e", "n")
STOPWORDS = {
    "nl": frozenset(
        (
            "de het een en of in op van voor met aan bij uit door over naar om te tot ten ter als dan dat die dit deze er is zijn "
            "was waren wordt worden werd werden ben bent heb hebt heeft hebben had hadden kan kun kunt kunnen kon konden zal zullen "
            "zou zouden moet moeten moest mag mogen ik jij je u hij zij ze wij we jullie men mij me mijn jouw uw haar hun ons onze "
            "hem wie wat welke welk waar wanneer waarom hoe hoeveel niet geen wel ook nog al maar want dus toen nu hier daar zo "
            "zoals alle alles iets iemand niks niets elk elke ander andere anderen veel meer meest vooral eigenlijk precies zeg "
            "zegt gaat gaan doe doet doen deed eens even toch of ie der des"
        ).split()
    ),
    "en": frozenset(
        (
            "the a an and or in on of for with at by from to as than that this these those it its is are was were be been being has "
            "have had do does did can could will would shall should may might must i you he she we they me my your his her our "
            "their them us who what which where when why how not no also still but so then now here there such all any some "
            "something much many more most about into out up down over under between according say says said"
        ).split()
    ),
}
_LOCK = threading.Lock()  # PyStemmer's objects are not safe for concurrent use
_KRAAIJ, _PORTER, _ENGLISH = Stemmer.Stemmer("dutch"), Stemmer.Stemmer("dutch_porter"), Stemmer.Stemmer("english")
_PARTICIPLE = re.compile(r"ge.{3,}(?:[dt]e?)")
_GE_NOUNS = (
    "gemeent",
    "gebied",
    "geluid",
    "geweld",
    "gezicht",
    "gerecht",
    "gewicht",
    "gezond",
    "gelegenheid",
    "gewoont",
    "gebruik",
    "gedacht",
    "gedrag",
)


@lru_cache(maxsize=1 << 17)
def fold_word(word: str) -> str:
    """Return the word in lower case, without accents or an apostrophe-s."""
    plain = unicodedata.normalize("NFKD", word.lower().replace("’", "'")).encode("ascii", "ignore").decode()
    return re.sub(r"'s?$|'", "", plain)


def tokens(text: str) -> list[str]:
    """Return the words of a text as they are written, in order."""
    return _WORD.findall(text)


def words(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return [w for w in map(fold_word, tokens(text)) if w]


@lru_cache(maxsize=1 << 17)
def stem(word: str, language: str) -> str:
    """Return the index term of one folded word."""
    if word.isdigit():
        return word
    with _LOCK:
        return _stem_dutch(word) if language == "nl" else str(_ENGLISH.stemWord(word))


def _stem_dutch(word: str) -> str:
    """Kraaij-Pohlmann, kept from taking ge- off nouns, with plurals it misses and vowels written one way."""
    for ending, instead in (("ieen", "ie"), ("eeen", "ee"), ("ots", "ot"), ("ups", "up"), ("ews", "ew")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            word = word[: -len(ending)] + instead
    if word.startswith("ge") and not (_PARTICIPLE.fullmatch(word) and not word.startswith(_GE_NOUNS)):
        result = str(_PORTER.stemWord(word))
    elif word[-2:] in {"ts", "ks", "ps", "ns"}:  # "fiets" is no plural of "fiet"
        result = str(_KRAAIJ.stemWord(word + "en"))
    else:
        result = str(_KRAAIJ.stemWord(word))
    if result.endswith("eer") and len(result) > 7:
        result = result[:-3]
    if result.endswith("e") and not result.endswith("ie") and len(result) > 4:
        result = result[:-1]
    return re.sub(r"([aeou])\1", r"\1", result)


def terms(text: str, language: str, vocabulary: frozenset[str] = frozenset(), keep_stopwords: bool = True) -> list[str]:
    """Return the index terms of a text; with a vocabulary, the parts of Dutch compounds are added after each."""
    return [term for word in words(text) for term in word_terms(word, language, vocabulary, keep_stopwords)]


def word_terms(word: str, language: str, vocabulary: frozenset[str] = frozenset(), keep_stopwords: bool = True) -> list[str]:
    """Return the index terms of one folded word: itself when it is a stopword, else its stem and those of its parts."""
    if word in STOPWORDS[language]:
        return [word] if keep_stopwords else []
    parts = split_compound(word, vocabulary) if vocabulary and language == "nl" else []
    return [stem(word, language), *(stem(part, language) for part in parts)]


def split_compound(word: str, vocabulary: frozenset[str]) -> list[str]:
    """Return the two known words that make a Dutch compound, or an empty list.

    The longest known tail wins; parts have at least four letters and must both stand in the vocabulary by themselves.
    """
    if len(word) < 9:
        return []
    for cut in range(4, len(word) - 3):
        tail = word[cut:]
        if tail not in vocabulary:
            continue
        for linker in _LINKERS:
            head = word[: cut - len(linker)] if linker and word[:cut].endswith(linker) else word[:cut] if not linker else ""
            if len(head) >= 4 and head in vocabulary:
                return [head, tail]
    return []


def vocabulary(counts: Mapping[str, int], least: int = 2, shortest: int = 4) -> frozenset[str]:
    """Return the folded words of `shortest` letters or more that occur at least `least` times; `counts` is by token."""
    folded: dict[str, int] = {}
    for token, count in counts.items():
        word = fold_word(token)
        if len(word) >= shortest and not word.isdigit():
            folded[word] = folded.get(word, 0) + count
    return frozenset(w for w, n in folded.items() if n >= least)
