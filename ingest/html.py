"""Read HTML and Markdown (rendered to HTML first). Hidden elements are left out and reported."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

from markdown_it import MarkdownIt

from ingest import clean
from ingest.readers import Reading
from ingest.records import Block
from ingest.text import heading_of

_SKIP = {"script", "style", "nav", "footer", "header", "aside", "form", "noscript", "template", "svg"}
_BLOCK = {
    "p",
    "li",
    "blockquote",
    "div",
    "section",
    "article",
    "td",
    "th",
    "tr",
    "table",
    "ul",
    "ol",
    "pre",
    "dd",
    "dt",
    "figcaption",
    "caption",
}
_VOID = {"br", "img", "hr", "input", "meta", "link", "source", "wbr", "col", "area", "base", "embed", "track"}
_HIDING = re.compile(
    r"display:\s*none|visibility:\s*hidden|(?:font-size|opacity):\s*0(?![.\d])|(?<![-\w])color:\s*(?:#fff(?:fff)?|white)\b", re.I
)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self.title = ""
        self.hidden = 0
        self._text: list[str] = []
        self._row: list[str] | None = None
        self._rows: list[str] = []
        self._skip: list[str] = []
        self._kind = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if self._skip:
            if tag not in _VOID:
                self._skip.append(tag)
            return
        values = {k: v or "" for k, v in attrs}
        if tag in _SKIP or "hidden" in values or _HIDING.search(values.get("style", "")):
            if tag not in _VOID:
                self._skip.append(tag)
                self.hidden += tag not in _SKIP
            return
        if tag == "tr":
            self._flush()
            self._row = []
        elif tag == "br":
            self._text.append(" ")
        elif (tag in _BLOCK and self._row is None) or re.fullmatch(r"h[1-6]|title", tag):
            self._flush()
            self._kind = tag

    def handle_endtag(self, tag: str) -> None:
        if self._skip:
            if tag in self._skip:
                while self._skip.pop() != tag:
                    pass
            return
        if tag in {"td", "th"} and self._row is not None:
            self._row.append(clean.squeeze(" ".join("".join(self._text).split())))
            self._text.clear()
        elif tag == "tr" and self._row is not None:
            if any(self._row):
                self._rows.append("\t".join(self._row))
            self._row = None
        elif tag == "table" and self._rows:
            self.blocks.append(Block("table", "\n".join(self._rows)))
            self._rows = []
        elif tag in _BLOCK or re.fullmatch(r"h[1-6]|title", tag):
            self._flush("li" if tag in {"ul", "ol"} and self._kind == "li" else tag)

    def handle_data(self, data: str) -> None:
        if not self._skip:
            self._text.append(data)

    def _flush(self, tag: str = "") -> None:
        text = " ".join("".join(self._text).split())
        self._text.clear()
        kind = tag or self._kind
        if not text or self._row is not None:
            return
        if kind == "title":
            self.title = self.title or text
        elif re.fullmatch(r"h[1-6]", kind):
            numbered = heading_of(text)
            number = numbered.number if numbered else None
            self.blocks.append(Block("heading", numbered.text if numbered and number else text, int(kind[1]), number))
        else:
            self.blocks.append(Block("item" if kind == "li" else "caption" if kind == "caption" else "paragraph", text))

    def close(self) -> None:
        super().close()
        self._flush()


def read_html(raw: str) -> Reading:
    """Return the blocks of a web page; navigation, scripts and hidden elements are left out."""
    text, warnings = clean.printable(raw)
    reader = _Reader()
    reader.feed(text)
    reader.close()
    if reader.hidden:
        warnings.append(f"{reader.hidden} hidden elements left out")
    blocks = []
    for block in reader.blocks:  # entities such as &shy; become characters only now
        safe, found = clean.printable(block.text)
        warnings.extend(found)
        if safe.strip():
            blocks.append(replace(block, text=safe))
    return Reading(blocks, {"title": reader.title} if reader.title else {}, tuple(dict.fromkeys(warnings)))


def read_markdown(raw: str) -> Reading:
    """Return the blocks of a Markdown file. HTML inside it is shown as text, not interpreted."""
    return read_html(MarkdownIt("commonmark", {"html": False}).enable("table").render(raw))
