"""A memo as Markdown, with footnotes as GitHub, Pandoc and most editors read them."""

from __future__ import annotations

import re

from assistant.memo.records import Block, Bullets, Heading, Line, Memo, Quoted, Table

_SPECIAL = re.compile(r"([\\`*_\[\]|~$])")
_START = re.compile(r"^(\s*)([#+>-]|\d+[.)])(?=\s|$)", re.M)


def markdown(memo: Memo) -> str:
    """Return the memo as Markdown; text is escaped, so that nothing in it becomes markup."""
    notes = "\n".join(f"[^{n}]: {_line(note)}" for n, note in enumerate(memo.notes, 1))
    parts = [f"# {escape(memo.title)}", *(_block(block) for block in memo.blocks), notes]
    return "\n\n".join(part for part in parts if part) + "\n"


def escape(text: str) -> str:
    """Return a text in which no character means anything to Markdown or HTML."""
    safe = _SPECIAL.sub(r"\\\1", text).replace("&", "&amp;").replace("<", "&lt;")
    safe = safe.replace("\t", " \\| ")  # the cells of a table in a passage
    return _START.sub(lambda found: f"{found[1]}{found[2][:-1]}\\{found[2][-1]}", safe)


def _block(block: Block) -> str:
    if isinstance(block, Heading):
        return f"{'#' * (block.level + 1)} {escape(block.text)}"
    if isinstance(block, Bullets):
        return "\n".join(f"- {_line(item)}" for item in block.lines)
    if isinstance(block, Quoted):
        return re.sub(r"(\S)\n(?=> \S)", r"\1  \n", "\n".join(f"> {row}".rstrip() for row in _line(block.line).split("\n")))
    if isinstance(block, Table):
        rows = [block.head, *([_line(cell) for cell in row] for row in block.rows)]
        shown = ["| " + " | ".join(cell.replace("\n", " ") for cell in row) + " |" for row in rows]
        shown.insert(1, "|" + " --- |" * len(block.head))
        return f"{escape(block.caption)}\n\n" + "\n".join(shown)
    return _line(block)


def _line(content: Line) -> str:
    """Return a line; bold keeps the white space around it outside the asterisks, or it would not be bold."""
    text = ""
    for run in content.runs:
        said = escape(run.text)
        if run.bold and said.strip():
            inner = re.sub(r"\n\s*\n", "**\n\n**", said.strip())
            said = f"{said[: len(said) - len(said.lstrip())]}**{inner}**{said[len(said.rstrip()) :]}"
        text += said
    return text + "".join(f"[^{n}]" for n in content.notes)
