"""A memo as a file: Markdown or Word."""

from __future__ import annotations

import datetime
import re
import unicodedata
from pathlib import Path
from typing import Literal

from assistant.memo.docx import docx
from assistant.memo.markdown import markdown
from assistant.memo.records import Memo
from ingest.errors import WijzerError

Format = Literal["docx", "md"]
MEDIA: dict[Format, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "md": "text/markdown; charset=utf-8",
}


def as_bytes(memo: Memo, kind: Format, today: datetime.date) -> bytes:
    """Return the memo in a format."""
    return docx(memo, f"{today.isoformat()}T00:00:00Z") if kind == "docx" else markdown(memo).encode("utf-8", "replace")


def file_name(title: str, kind: str) -> str:
    """Return a name for a file, of plain letters and digits only, from what stands in it."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode("ascii").lower()
    return f"{re.sub(r'[^a-z0-9]+', '-', plain).strip('-')[:60].strip('-') or 'memo'}.{kind}"


def format_of(path: Path) -> Format:
    """Return the format that a file's name asks for. Raises WijzerError for another."""
    kind = path.suffix.lower()
    if kind == ".docx":
        return "docx"
    if kind in {".md", ".markdown"}:
        return "md"
    raise WijzerError(f"A memo cannot be written as {path.name}.", "Use a name that ends in .docx or .md.")


def save(memo: Memo, path: Path, today: datetime.date) -> None:
    """Write the memo. Raises WijzerError when the name or place does not do."""
    content = as_bytes(memo, format_of(path), today)
    try:
        path.write_bytes(content)
    except OSError as error:
        raise WijzerError(f"{path} cannot be written: {error.strerror}.", "Choose another place.") from error
