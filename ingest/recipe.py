"""What an index depends on apart from the documents: our code that reads and cuts them, the libraries it uses, the model.

Code is compared by its bytes: a version number that someone must remember to raise is forgotten one day, and then old
passages are served as if they were new. An ingest after an upgrade reads the documents again; vectors come from the cache.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

FORMAT = 4  # of the data folder itself
# Modules that move bytes but do not decide what a passage, a note's place, an index term or an embedded text is.
_PLUMBING = frozenset(("__init__", "cache", "errors", "generations", "index", "isolate", "lock", "recipe", "server", "shipped", "vectors"))
_LIBRARIES = ("markdown-it-py", "pypdf", "PyStemmer", "python-docx")


@cache
def reading() -> str:
    """Return a hash of our code between file and index, and of the libraries that read files for us."""
    digest = hashlib.sha256()
    for module in sorted(Path(__file__).parent.glob("*.py")):
        if module.stem not in _PLUMBING:
            digest.update(module.name.encode() + b"\0" + module.read_bytes())
    for library in _LIBRARIES:
        try:
            digest.update(f"{library}={version(library)}\0".encode())
        except PackageNotFoundError:  # an extra that is not installed
            digest.update(f"{library}=-\0".encode())
    return digest.hexdigest()[:16]


def recipe(embedding: str, server: bool = False) -> dict[str, Any]:
    """Return everything, apart from the documents, that an index depends on. `server`: vectors are in a Chroma server."""
    return {"format": FORMAT, "reading": reading(), "embedding": embedding, "vectors": "server" if server else "files"}
