"""What the templates get: one frozen dataclass per template, made of small ones."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from assistant.records import Language, Mode
from assistant.web.look import Look
from assistant.web.texts import text


@dataclass(frozen=True)
class Link:
    """An address with what to call it. `current` is true for the page that is shown."""

    href: str
    label: str
    current: bool = False


@dataclass(frozen=True)
class Frame:
    """What every page has. `here` is the part of the menu it belongs to, `other` its address in the other language.

    `again` is the id of the form that must be sent again for the other language, "" where a link is enough. `writes`: there
    is a language model, so a reader may choose; `mode` is what was chosen, or what the settings say.
    """

    look: Look
    language: Language
    title: str
    here: str
    other: str
    again: str
    writes: bool
    mode: Mode

    def t(self, key: str, **values: object) -> str:
        """Return a text in the language of the page."""
        return text(key, self.language, **values)

    @property
    def other_language(self) -> Language:
        """The language to switch to."""
        return "nl" if self.language == "en" else "en"

    @property
    def menu(self) -> list[Link]:
        """The main menu."""
        entries = [
            ("/", "nav_ask"),
            ("/advies", "nav_advice"),
            ("/scan", "nav_scan"),
            ("/toets", "nav_check"),
            ("/bronnen", "nav_sources"),
            ("/over", "nav_about"),
        ]
        return [Link(href, self.t(key), href == self.here) for href, key in entries]

    def asset(self, name: str) -> Markup:
        """Return the address of a static file."""
        return self.look.asset(name)


@dataclass(frozen=True)
class Part:
    """A piece of text, marked or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True)
class CitationView:
    """A citation as shown. `anchor` is its id on the page; `parts` the passage with its quote marked."""

    anchor: str
    n: int
    label: str
    place: str
    author: str
    year: str
    title: str
    kind: str
    method: str
    page: str
    parts: tuple[Part, ...]
    language: str
    apa: str
    reader: str
    link: str
    pdf: str = ""


@dataclass(frozen=True)
class Reference:
    """A citation number behind a statement, and where it leads."""

    n: int
    href: str


@dataclass(frozen=True)
class StatementView:
    """A sentence of an answer. `quoted`: it stands in the document like this."""

    text: str
    quoted: bool
    language: str
    references: tuple[Reference, ...]


@dataclass(frozen=True)
class TurnView:
    """A question with its answer. `status` is the answer's own."""

    question: str
    language: str
    status: str
    message: str = ""
    statements: tuple[StatementView, ...] = ()
    citations: tuple[CitationView, ...] = ()
    nearest: bool = False
    follow_ups: tuple[str, ...] = ()
    written: bool = False


@dataclass(frozen=True)
class AskPage(Frame):
    """The page to ask on. `remembered` is the conversation as the form carries it; `script` is what chat.js needs."""

    count: int
    turns: tuple[TurnView, ...]
    examples: tuple[str, ...]
    question: str
    error: str
    remembered: str
    cut: bool
    script: str
    blank: CitationView
    most: int
    notice: str
    judging: bool
    judged: bool
    most_remark: int
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class BarrierView:
    """A barrier recognised, with the user's own words."""

    name: str
    explanation: str
    confidence: str
    signals: tuple[str, ...]
    citations: tuple[CitationView, ...]


@dataclass(frozen=True)
class StrategyView:
    """A strategy that fits."""

    name: str
    against: str
    fits: str
    basis: str
    advice: str
    why: str
    facts: tuple[tuple[str, str], ...]
    first_step: str
    citations: tuple[CitationView, ...]


@dataclass(frozen=True)
class AdviceView:
    """An advice as shown."""

    language: str
    message: str
    barriers: tuple[BarrierView, ...]
    strategies: tuple[StrategyView, ...]
    question_back: str
    not_covered: str
    written: bool


@dataclass(frozen=True)
class AdvicePage(Frame):
    """The page for advice. `words`: what a model made of the advice shown, as the form carries it."""

    examples: tuple[str, ...]
    situation: str
    error: str
    result: AdviceView | None
    most: int
    words: str


@dataclass(frozen=True)
class AboutPage(Frame):
    """What this is. `keeps`: readers can say whether an answer helped, and the operator keeps that."""

    keeps: bool


@dataclass(frozen=True)
class ErrorPage(Frame):
    """Something went wrong."""

    message: str
    status: int
    links: tuple[Link, ...] = field(default=())
