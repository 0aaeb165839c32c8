"""From answers, citations and advice to what the templates show. Pure functions; nothing here searches."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import quote

from assistant.advise.records import Advice
from assistant.apa import NO_AUTHOR, reference
from assistant.messages import message
from assistant.records import Answer, Citation, Language
from assistant.web.pages_context import AdviceView, BarrierView, CitationView, Part, Reference, StatementView, StrategyView, TurnView
from assistant.web.texts import kind, text
from ingest.records import Source

Find = Callable[[str], Source | None]
_BROKEN = re.compile(r"(?<=[\w,;-])\n\n+(?=[a-zà-ÿ])")
_EMPHASIS = re.compile(r"(?<![\w*])\*(?=[^\s*\d])|(?<=[^\s*\d])\*(?![\w*])")


def author(name: str, language: Language) -> str:
    """Return an author, or that the author is not known."""
    return text("unknown_author", language) if name in NO_AUTHOR else name


def year(number: int | None, language: Language) -> str:
    """Return a year, or that there is none."""
    return str(number) if number else text("no_year", language)


def page_of(citation: Citation, language: Language) -> str:
    """Return the page a citation stands on as printed, with the sheet of the file where that is another number."""
    if not citation.sheet or citation.printed == str(citation.sheet):
        return citation.printed
    return text("page_sheet", language, n=citation.printed, sheet=citation.sheet)


def apa(source: Source | None, language: Language) -> str:
    """Return the reference to a document, "" for none."""
    return reference(source, language) if source else ""


def anchor_of(passage: str) -> str:
    """Return the id of a passage on the page of its document."""
    return "p-" + passage.partition(":")[2]


def reader_address(citation: Citation) -> str:
    """Return where a citation stands in its document, with the quote to mark."""
    marked = f"&citaat={citation.start}-{citation.end}" if citation.quote else ""
    safe = quote(citation.passage, safe=":")
    return f"/bronnen/{quote(citation.source, safe='')}?passage={safe}{marked}#{quote(anchor_of(citation.passage), safe=':')}"


def passage_address(citation: Citation) -> str:
    """Return the address of a citation's passage that can be mailed, with the quote to mark."""
    marked = f"?citaat={citation.start}-{citation.end}" if citation.quote else ""
    return f"/passages/{quote(citation.passage, safe=':')}{marked}"


def pdf_address(citation: Citation) -> str:
    """Return where the page of a PDF is shown that a citation comes from, "" for what has no pages."""
    if not citation.page or not citation.quote:
        return ""
    name, passage = quote(citation.source, safe=""), quote(citation.passage, safe=":")
    return f"/bronnen/{name}/pdf?passage={passage}&citaat={citation.start}-{citation.end}"


def parts(passage: str, quoted: str) -> tuple[Part, ...]:
    """Return a passage with its quote marked."""
    at = passage.find(quoted) if quoted else -1
    if at < 0:
        return (Part(unbroken(passage)),)
    pieces = (Part(unbroken(passage[:at])), Part(unbroken(quoted), True), Part(unbroken(passage[at + len(quoted) :])))
    return tuple(piece for piece in pieces if piece.text)


def unbroken(passage: str) -> str:
    """Return a text as a reader sees it: without blank lines in the middle of a sentence, and without the asterisks of *emphasis*."""
    return _EMPHASIS.sub("", _BROKEN.sub(" ", passage))


def citation_view(citation: Citation, anchor: str, find: Find, language: Language, own: Language) -> CitationView:
    """Return a citation as shown on a page in `language`, in an answer in language `own`."""
    source = find(citation.source)
    return CitationView(
        anchor=anchor, n=citation.n, label=f"{author(citation.author, language)} ({year(citation.year, language)})",
        place=citation.section, author=author(citation.author, language), year=year(citation.year, language), title=citation.title,
        kind=kind(citation.kind, language), method=source.method.get(language, "") if source else citation.method,
        page=page_of(citation, language), parts=parts(citation.text, citation.quote),
        language=(source.language if source else "nl") if citation.basis == "document" else own,
        apa=apa(source, language), reader=reader_address(citation), link=passage_address(citation), pdf=pdf_address(citation),
    )  # fmt: skip


def blank_citation() -> CitationView:
    """Return an empty citation: the mould that the script fills."""
    return CitationView("", 0, "", "", "", "", "", "", "", "", (), "", "", "/bronnen", "/bronnen", "/bronnen")


def turn_view(question: str, answer: Answer, number: int, find: Find, language: Language) -> TurnView:
    """Return a question with its answer; `number` keeps the ids of several turns apart."""
    shown = answer.citations or answer.nearest

    def anchor(n: int) -> str:
        return f"c-{number}-{n}"

    languages = {c.n: source.language if (source := find(c.source)) else "nl" for c in shown}
    statements = tuple(
        StatementView(
            s.text, s.kind == "quote", languages.get(s.citations[0], "nl") if s.kind == "quote" and s.citations else answer.language,
            tuple(Reference(n, f"#{anchor(n)}") for n in s.citations),
        )
        for s in answer.statements
    )  # fmt: skip
    return TurnView(
        question=question, language=answer.language, status=answer.status, message=answer.message, statements=statements,
        citations=tuple(citation_view(c, anchor(c.n), find, language, answer.language) for c in shown),
        nearest=not answer.citations, follow_ups=answer.follow_ups, written=answer.mode == "write",
    )  # fmt: skip


def confidence(value: float, language: Language) -> str:
    """Return in words how sure we are of a barrier."""
    return text("sure" if value >= 0.7 else "likely" if value >= 0.4 else "possible", language)


def advice_view(advice: Advice, find: Find, language: Language) -> AdviceView:
    """Return an advice as shown. Each card has its own copy of its citations, so that it can be read by itself."""
    by_number = {c.n: c for c in advice.citations}

    def cited(numbers: Iterable[int], card: str) -> tuple[CitationView, ...]:
        return tuple(citation_view(by_number[n], f"c-{card}-{n}", find, language, advice.language) for n in numbers if n in by_number)

    names = {b.id: b.name for b in advice.barriers}
    barriers = tuple(
        BarrierView(b.name, b.explanation, confidence(b.confidence, language), b.signals, cited(b.citations, f"b{i}"))
        for i, b in enumerate(advice.barriers, 1)
    )
    strategies = tuple(
        StrategyView(
            name=s.name, against=names.get(s.barrier, ""), fits=message(s.fit, language) if s.fit else "",
            basis=text(f"basis_{s.basis}", language), advice=s.advice, why=s.why,
            facts=tuple((key, value) for key, value in (("where", s.where), ("limits", s.limits)) if value),
            first_step=s.first_step, citations=cited(s.citations, f"s{i}"),
        )
        for i, s in enumerate(advice.strategies, 1)
    )  # fmt: skip
    return AdviceView(
        language=advice.language, message=advice.message, barriers=barriers, strategies=strategies,
        question_back=advice.question_back or "", not_covered=advice.not_covered or "", written=advice.mode == "write",
    )  # fmt: skip
