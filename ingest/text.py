"""Read plain text: as people type it (one line a paragraph) or as a PDF leaves it (lines broken at a width).

The result is a list of blocks. What makes a line a heading, an item, a table row or a footnote is decided here; how
headings nest is `structure`'s business.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from statistics import quantiles

from ingest.clean import mend_words, squeeze, without_tags
from ingest.records import Block
from ingest.tabs import add_rows, rows_at_head

NUMBERED = re.compile(r"^\*?(\d{1,2}(?:\.\d{1,2}){0,4})\.?[ \t]+\*?([A-ZÀ-Ý‘'\"*(].*)$")
CHAPTER = re.compile(r"^(?:Hoofdstuk|Chapter)\s+(\d{1,2})\s*(?:[:.]\s*|\s+)([A-ZÀ-Ý].+)$")
NAMED = re.compile(
    r"^(?:(Voorwoord|Samenvatting|Abstract|Summary|Inhoud(?:sopgave)?|Literatuur(?:lijst)?|Bibliografie|References"
    r"|Noten|Bijlagen?|Appendix|Dankwoord)|((?:Bijlage|Appendix|Strategie) (?:\d+|[A-Z])\b.*))\s*$"
)
CAPTION = re.compile(r"^(?:Tabel|Table|Figuur|Figure)\s+(?:\d+(?:\.\d+)?|[IVX]+)\b")
ITEM = re.compile(r"^(?:[•·–▪◦*-]|\d{1,2}[.)]|[a-z]\))\s+")
_FOOTNOTE = re.compile(r"^\d{1,3}[ \t]*\t\s*\S|^\d{1,3}\.? +Zie \S")
_SEE = re.compile(r"^\d{1,3}\s+(?:Zie|See)\b")  # what footnotes begin with and headings do not
_URL = re.compile(r"^(?:https?://|www\.)\S+$")
CONTENTS = re.compile(r"^(?:\d[\d.]*|Voorwoord|Samenvatting|Literatuur|Bijlage).*?(?:\.{4,}|\t)\s*\d{0,3}$|^\d[\d.]* .*\s\d{1,3}$")
_NOTES = {"noten", "eindnoten", "notes"}
_LITERATURE = {"literatuur", "literatuurlijst", "bibliografie", "references", "referenties"}
END = (".", "?", "!", ":", ";", "”", "’", "'", '"', ")", "…")


def read_text(raw: str) -> list[Block]:
    """Return the blocks of a text, in reading order. Words are mended and broken lines joined.

    Of fewer than 40 lines it cannot be told whether they were broken at a width, and each is a paragraph.
    """
    raw = raw.replace("\f", "\n\f")
    width = _wrap_width(raw.split("\n"), 40)  # before mending, which makes lines longer
    lines = mend_words(raw).split("\n")
    groups = _groups(lines, width)
    blocks: list[Block] = []
    for group in groups:
        rows = rows_at_head(group) if width else 0
        if rows:
            blocks.append(add_rows(blocks.pop() if blocks and blocks[-1].kind == "table" else None, group[:rows]))
        blocks.extend(_blocks_of(group[rows:], width))
    return finish(blocks, bool(width))


def finish(blocks: list[Block], wrapped: bool = True) -> list[Block]:
    """Return the blocks with literature and end notes marked, and footnotes behind the section they belong to.

    In wrapped text labels are told from headings, and paragraphs that a page end cut are put together again.
    """
    blocks = _mark_back_matter(blocks)
    if wrapped:
        blocks = _join_split_paragraphs(_plain_labels(blocks))
    return _footnotes_last(blocks)


def _wrap_width(lines: list[str], least: int) -> int:
    """Return the width at which lines were broken, or 0 when each line is a paragraph."""
    lengths = sorted(len(line) for line in lines if line.strip())
    if len(lengths) < least:
        return 0
    deciles = quantiles(lengths, n=20)
    return int(deciles[17]) if deciles[17] < 130 else 0


def _groups(lines: list[str], width: int) -> list[list[str]]:
    """Split lines at blank ones and at links on a line of their own.

    In wrapped text a leading blank marks a new page; it splits too, unless it cuts a sentence.
    """
    groups: list[list[str]] = [[]]
    for line in lines:
        new_page = bool(width) and line[:1] in " \f" and line[1:2] not in "\t "
        ended = bool(groups[-1]) and groups[-1][-1].rstrip().endswith(END)
        labels = line.strip(" \f")[:1].isupper() and all(len(part) < 0.4 * width for part in groups[-1])  # of a figure
        if not line.strip() or (width and _URL.match(line.strip())):
            groups.append([])
        elif new_page and groups[-1] and (ended or labels or CHAPTER.match(line.strip()) or NUMBERED.match(line.strip())):
            groups.append([line.strip(" \f")])
        else:
            groups[-1].append(line.rstrip(" \f") if not width else line.strip(" \f"))
    return [group for group in groups if group]


def heading_of(line: str) -> Block | None:
    """Return a heading block when the line is one: numbered, a chapter, or a named part such as "Samenvatting"."""
    line = squeeze(line).replace("\t", " ").strip()
    if len(line) > 150:
        return None
    if match := CHAPTER.match(line):
        return Block("heading", match.group(2).strip(" *:"), 1, match.group(1))
    if match := NUMBERED.match(line):
        number, title = match.group(1), match.group(2).strip(" *:")
        if (title.endswith((".", ";", ",")) and not title.endswith("...")) or len(title.split()) > 18:
            return None
        return Block("heading", title, number.count(".") + 1, number)
    if match := NAMED.match(line):
        return Block("heading", line.strip(" *:"), 1 if match.group(1) else 2)
    return None


def _blocks_of(group: list[str], width: int) -> list[Block]:
    contents = [line for line in group if CONTENTS.match(line.strip())]
    if len(contents) >= 3 and len(contents) >= len(group) / 2:
        return [Block("contents", "\n".join(squeeze(line) for line in group))]
    if any("\t" in line for line in group) and not width:
        return _table_group(group)
    blocks: list[Block] = []
    paragraph: list[str] = []

    def flush() -> None:
        if paragraph:
            text = squeeze(without_tags(" ".join(paragraph)).replace("\t", " "))
            kind = "item" if ITEM.match(text) else "paragraph"
            if text:
                blocks.append(Block("caption" if CAPTION.match(text) and len(text) < 200 else kind, text))  # type: ignore[arg-type]
            paragraph.clear()

    in_footnote = False
    for i, line in enumerate(group):
        bare = line.strip()
        hangs = i + 1 < len(group) and group[i + 1].startswith("\t")
        if width and _FOOTNOTE.match(line) and not (i == 0 and heading_of(line) and not hangs and not _SEE.match(line)):
            flush()
            in_footnote = True
            blocks.append(Block("footnote", squeeze(bare.replace("\t", " "))))
            continue
        if in_footnote:
            if line.startswith("\t"):
                last = blocks.pop()
                blocks.append(Block("footnote", f"{last.text} {squeeze(bare)}"))
                continue
            in_footnote = False
        heading = None if width and paragraph and not _is_full_stop(paragraph[-1]) else heading_of(bare)
        if heading is None and width and i == 0 and len(group) > 1:
            heading = _run_in_heading(bare, group[1], width)
        if heading is None and len(group) == 1:
            heading = lone_heading(bare)
        if heading:
            flush()
            blocks.append(heading)
        elif not width or ITEM.match(bare):
            flush()
            paragraph.append(bare)
        elif (
            blocks
            and blocks[-1].kind == "heading"
            and not paragraph
            and width
            and len(blocks[-1].text) > width * 0.6
            and bare[:1].islower()
        ):
            last = blocks.pop()  # a heading that ran over its line
            blocks.append(Block("heading", f"{last.text} {squeeze(bare)}", last.level, last.number))
        else:
            paragraph.append(bare)
    flush()
    return blocks


def _is_full_stop(line: str) -> bool:
    return line.rstrip().endswith(END)


def _run_in_heading(line: str, following: str, width: int) -> Block | None:
    """A short first line directly above a full one is a heading without a number."""
    if CAPTION.match(line):
        return None
    short = len(line) < width * 0.62 and len(line.split()) <= 8
    if short and line[:1].isupper() and not line.endswith((".", ",", ";", ":", "!")) and len(following) > width * 0.7:
        return Block("heading", squeeze(line).strip(" *"), 9) if following.lstrip()[:1].isupper() else None
    return None


def lone_heading(line: str) -> Block | None:
    """A short capitalised line that stands alone, without closing punctuation, is a heading without a number."""
    words = line.split()
    bad_end = line.endswith((".", ",", ";", ":", "!", "-")) or "\t" in line or CAPTION.match(line) or ITEM.match(line)
    if 1 <= len(words) <= 9 and line[:1].isupper() and not bad_end and len(line) < 70 and not re.search(r"\d{2,}", line):
        return Block("heading", squeeze(line).strip(" *"), 9)
    return None


def _table_group(group: list[str]) -> list[Block]:
    """Lines with tabs are rows; what stands before them without a tab is prose or a caption."""
    blocks: list[Block] = []
    rows: list[str] = []
    for line in group:
        if "\t" in line:
            rows.append("\t".join(squeeze(without_tags(cell)) for cell in line.split("\t")).rstrip("\t"))
            continue
        if rows and len(line.split()) <= 6 and not line.rstrip().endswith("."):
            rows.append(squeeze(line))  # a spanning row such as "Mogelijkheden"
            continue
        if rows:
            blocks.append(Block("table", "\n".join(rows)))
            rows = []
        heading = heading_of(line)
        text = squeeze(without_tags(line))
        blocks.append(heading or Block("caption" if CAPTION.match(text) else "paragraph", text))
    if rows:
        blocks.append(Block("table", "\n".join(row for row in rows if row.strip())))
    return blocks


def _mark_back_matter(blocks: list[Block]) -> list[Block]:
    """Everything under a literature heading is literature, until the next heading of the first level."""
    inside = ""
    marked = []
    for block in blocks:
        title = block.text.lower()
        ends = block.level <= 2 and not (inside == "footnote" and block.number)
        if block.kind == "heading" and (ends or title in _LITERATURE):
            inside = "literature" if title in _LITERATURE else "footnote" if title in _NOTES else ""
        elif inside:
            text = f"{block.number}. {block.text}" if block.number else block.text
            block = replace(block, kind=inside, text=text, level=0, number=None)  # type: ignore[arg-type]
        marked.append(block)
    return marked


def _plain_labels(blocks: list[Block]) -> list[Block]:
    """In wrapped text a lone short line is a heading only when prose follows; in figures and tables it is a label."""
    result = []
    for position, block in enumerate(blocks):
        after = blocks[position + 1] if position + 1 < len(blocks) else None
        prose = after is not None and after.kind in {"paragraph", "item"} and len(after.text.split()) >= 20
        if block.kind == "heading" and block.level == 9 and (not prose or _in_flat_table(blocks[position + 1 : position + 100])):
            block = replace(block, kind="paragraph", level=0)
        result.append(block)
    return result


def _in_flat_table(following: Sequence[Block]) -> bool:
    """True when only cells stand between here and the caption of a table that a program flattened to loose lines."""
    for block in following:
        if block.kind == "caption" or block.number or block.kind not in {"item", "paragraph", "heading"} or len(block.text.split()) > 45:
            return block.kind == "caption" and block.text.startswith("Tab")
    return False


def _footnotes_last(blocks: list[Block]) -> list[Block]:
    """Move footnotes behind the section they belong to, so that running text reads on."""
    result: list[Block] = []
    kept: list[Block] = []
    for block in blocks:
        if block.kind == "heading":
            result, kept = result + kept, []
        (kept if block.kind == "footnote" else result).append(block)
    return result + kept


def _join_split_paragraphs(blocks: list[Block]) -> list[Block]:
    """Put a paragraph together again that a page end (with its footnotes) cut in the middle of a sentence."""
    joined: list[Block] = []
    for block in blocks:
        if block.kind in {"paragraph", "item"} and block.text[:1].islower() and not ITEM.match(block.text):
            back = len(joined) - 1
            while back >= 0 and joined[back].kind in {"footnote", "caption"}:
                back -= 1
            back -= _labels_before(joined, back)
            if back >= 0 and joined[back].kind in {"paragraph", "item"} and not joined[back].text.endswith((".", "?", "!", ":", ";")):
                joined[back] = _together(joined[back], block)
                continue
        joined.append(block)
    return joined


def _labels_before(blocks: Sequence[Block], at: int) -> int:
    """Return how many blocks up to `at` are cells or labels that a page set in the middle of a sentence; a few may be chance."""
    count = 0
    while count < 20 and at >= count and blocks[at - count].kind == "paragraph" and len(blocks[at - count].text.split()) <= 20:
        count += 1
    labels = count
    while at >= count and blocks[at - count].kind == "footnote":
        count += 1
    cut = at >= count and blocks[at - count].kind == "paragraph" and blocks[at - count].text[-1:] not in END
    return count if labels >= 4 and cut else 0


def _together(first: Block, second: Block) -> Block:
    halves = re.search(r"[a-zà-ÿ]-$", first.text) and not re.match(r"(?:en|of|and|or)\b", second.text)
    head = first.text[:-1] if halves else f"{first.text} "
    shift = len(head)
    turns = list(first.turns)
    if second.page is not None and second.page != (turns[-1][1] if turns else first.page):
        turns.append((shift, second.page))
    turns += [(shift + at, page) for at, page in second.turns]
    return replace(first, text=head + second.text, turns=tuple(turns))
