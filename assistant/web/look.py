"""Templates and static files: one Jinja environment, and addresses of files that change when the file does."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

HERE = Path(__file__).resolve().parent
STATIC = HERE / "static"
_STYLES = ("vendor/utrecht.css", "theme.css", "app.css", "reading.css")


class Look:
    """What pages are rendered with."""

    def __init__(self) -> None:
        self._environment = Environment(
            loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        self._environment.filters["address"] = lambda text: quote(str(text), safe=":")

    def render(self, template: str, page: object) -> str:
        """Return a template filled with its typed context, known there as `page`, and nothing else."""
        return self._environment.get_template(template).render(page=page)

    def asset(self, name: str) -> Markup:
        """Return the address of a static file with the hash of its content, so that it may be cached for ever."""
        return Markup(f"/static/{name}?v={_digest(STATIC / name)}")

    @property
    def styles(self) -> list[Markup]:
        """Addresses of the style sheets in order; the vendor's is left out when it was not installed."""
        return [self.asset(name) for name in _STYLES if (STATIC / name).is_file()]


@lru_cache(maxsize=64)
def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
