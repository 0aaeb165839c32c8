"""Pages to read on: the documents, one document with a search in it, one passage between its neighbours, a page of a PDF."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, HTTPException, Request
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from assistant.originals import Originals
from assistant.records import Language
from assistant.web import find, reader, views
from assistant.web.look import STATIC
from assistant.web.reading_context import PassagePage, PdfPage, ReaderPage, SourcesPage, TextBlock
from assistant.web.site import Site
from ingest.pages import page_at
from ingest.records import Document, Passage

PDFJS = "vendor/pdfjs"


def routes(site: Site) -> APIRouter:
    """Return the routes of the documents and passages."""
    router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
    originals = Originals(site.settings)

    @router.get("/bronnen")
    def sources(request: Request) -> Response:
        frame = site.frame(request, "sources_title", "/bronnen")
        found = [site.wijzer.document(s.id) for s in site.wijzer.sources()]
        shown = tuple(reader.source_view(d, frame["language"]) for d in found if d)
        return site.page(request, "sources.html", SourcesPage(**frame, sources=shown))

    @router.get("/bronnen/{name}")
    def read(request: Request, name: str, passage: str = "", citaat: str = "", q: str = "") -> Response:
        document = _document(site, name)
        return _read(site, request, document, originals.pdf(document) is not None, passage, citaat, " ".join(q.split())[: find.MOST_QUERY])

    @router.get("/bronnen/{name}/pdf")
    def pdf(request: Request, name: str, passage: str = "", citaat: str = "", pagina: str = "") -> Response:
        document = _document(site, name)
        if originals.pdf(document) is None:
            return RedirectResponse(f"/bronnen/{quote(name, safe='')}?passage={quote(passage, safe=':')}", 303)
        return _pdf(site, request, document, passage, citaat, pagina)

    @router.get("/bronnen/{name}/bestand")
    def file(name: str) -> Response:
        document = _document(site, name)
        found = originals.pdf(document)
        if found is None:
            raise HTTPException(404)
        return FileResponse(found, media_type="application/pdf", filename=f"{document.source.id}.pdf", content_disposition_type="inline")

    @router.get("/passages/{name}")
    def passage(request: Request, name: str, citaat: str = "") -> Response:
        return _passage(site, request, name, citaat)

    return router


def _document(site: Site, name: str) -> Document:
    document = site.wijzer.document(name)
    if document is None:
        raise HTTPException(404)
    return document


def _read(site: Site, request: Request, document: Document, has_pdf: bool, passage: str, quoted: str, query: str) -> Response:
    frame = site.frame(request, "sources_title", "/bronnen")
    frame["title"] = document.source.title
    language: Language = frame["language"]
    cited = next((p for p in document.passages if p.id == passage), None)
    spans, exact = _found(document.text, query)
    if document.present:
        shown = reader.sections(document, cited, spans or (_span(cited, quoted),), numbered=bool(spans))
    else:
        shown = reader.note_sections(document, language)
        if query:
            shown, exact = reader.search_notes(shown, query)
    context = ReaderPage(
        **frame, source=reader.source_view(document, language), contents=reader.contents(document, shown), sections=shown,
        cited=views.anchor_of(cited.id) if cited else "", query=query, exact=exact, found=reader.places(shown) if query else (),
        most=find.MOST_FOUND, pdf=f"/bronnen/{quote(document.source.id, safe='')}/pdf" + _asked(passage, quoted) if has_pdf else "",
    )  # fmt: skip
    return site.page(request, "reader.html", context)


def _found(text: str, query: str) -> tuple[tuple[find.Span, ...], bool]:
    """Return where a query stands in a text, and whether as it was typed."""
    exact = find.find(text, query)
    return (exact, True) if exact or not query else (find.loose(text, query), False)


def _asked(passage: str, quoted: str) -> str:
    return f"?passage={quote(passage, safe=':')}&citaat={quote(quoted)}" if passage else ""


def _span(cited: Passage | None, quoted: str) -> tuple[int, int]:
    """Return what to mark: the quote that an address names, if it lies in the cited passage; else that passage."""
    if cited is None:
        return 0, 0
    named = re.fullmatch(r"(\d{1,9})-(\d{1,9})", quoted)
    start, end = (int(named[1]), int(named[2])) if named else (0, 0)
    return (start, end) if cited.start <= start < end <= cited.end else (cited.start, cited.end)


def _pdf(site: Site, request: Request, document: Document, passage: str, quoted: str, page: str) -> Response:
    frame = site.frame(request, "sources_title", "/bronnen")
    frame["title"] = document.source.title
    cited = next((p for p in document.passages if p.id == passage), None)
    start, end = _span(cited, quoted)
    asked = int(page) if page.isdecimal() and len(page) < 6 else 0
    context = PdfPage(
        **frame, source=reader.source_view(document, frame["language"]), file=f"/bronnen/{quote(document.source.id, safe='')}/bestand",
        page=max(asked or (page_at(cited, start)[2] if cited else 1) or 1, 1), quoted=document.text[start:end], labels=_labels(document),
        text=f"/bronnen/{quote(document.source.id, safe='')}{_asked(passage, quoted)}" + (f"#{views.anchor_of(cited.id)}" if cited else ""),
        viewer=(STATIC / PDFJS / "pdf.min.mjs").is_file(),
    )  # fmt: skip
    return site.page(request, "pdf.html", context)


def _labels(document: Document) -> dict[int, str]:
    """Return what is printed on the sheets of a document, where that is something else than the number of the sheet."""
    found = {sheet: label for p in document.passages for sheet, label in zip(p.sheets, p.labels, strict=False)}
    return {sheet: label for sheet, label in sorted(found.items()) if label and label != str(sheet)}


def _passage(site: Site, request: Request, name: str, quoted: str) -> Response:
    frame = site.frame(request, "passage_title", "/bronnen")
    language: Language = frame["language"]
    own = site.wijzer.tools.index.store.passage(name)
    document = site.wijzer.document(own.source) if own else None
    citation = site.citation(name, own.start, own.end, 0, language) if own else None
    if own is None or document is None or citation is None:
        raise HTTPException(404)
    order = list(document.passages)
    at = next(i for i, p in enumerate(order) if p.id == own.id)
    before, after = (order[at - 1] if at else None), (order[at + 1] if at + 1 < len(order) else None)
    frame["title"] = f"{own.title}: {document.source.title}"
    marked = _span(own, quoted) if quoted else (0, 0)
    context = PassagePage(
        **frame, source=reader.source_view(document, language),
        citation=views.citation_view(citation, "passage", site.source, language, language), blocks=_blocks(document, own, marked),
        before=_blocks(document, before), after=_blocks(document, after), previous=before.id if before else "",
        next=after.id if after else "", claims=_claims(document.notes, own, language),
        address=str(request.url.replace(query=f"citaat={marked[0]}-{marked[1]}" if marked[1] else "")),
    )  # fmt: skip
    return site.page(request, "passage.html", context)


def _blocks(document: Document, passage: Passage | None, marked: find.Span = (0, 0)) -> tuple[TextBlock, ...]:
    return reader.passage_blocks(document, passage, marked) if passage and passage.basis == "document" else ()


def _claims(notes: Sequence[Any], passage: Passage, language: Language) -> tuple[str, ...]:
    return tuple(claim.in_language(language) for note in notes if note.passage == passage.id for claim in note.claims)
