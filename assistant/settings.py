"""All settings: one frozen class, read from the environment (`WIJZER_...`) and passed down; never a global."""

from __future__ import annotations

import difflib
import os
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.records import Mode
from ingest.embed import EMBEDDED
from ingest.errors import SettingsError
from ingest.server import Server

PREFIX = "WIJZER_"


def project_root() -> Path:
    """Return the folder that holds corpus/ and prompts/: the checkout, or share/innovatiewijzer of an installation."""
    here = Path(__file__).resolve().parent.parent
    if (here / "corpus").is_dir():
        return here
    import sys

    return Path(sys.prefix) / "share" / "innovatiewijzer"


class Settings(BaseSettings):
    """What can be set. Defaults work offline, without a language model."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, frozen=True, extra="forbid")

    corpus: Path = project_root() / "corpus"
    prompts: Path = project_root() / "prompts"
    documents: Path | None = None
    data: Path = project_root() / "var"
    embedding_model: str = EMBEDDED
    reranker: str | None = None
    mode: Mode = "quote"
    model: str | None = None
    model_url: str | None = None
    model_key: SecretStr | None = None
    model_seconds: float = 60.0
    second_reader: bool = False
    chroma_url: str | None = None
    chroma_key: SecretStr | None = None
    chroma_tenant: str | None = None
    chroma_database: str | None = None
    host: str = "127.0.0.1"
    port: int = 8000
    feedback: Path | None = None

    @property
    def chroma(self) -> Server | None:
        """The Chroma server that holds the vectors; None: they are files of the index."""
        if not self.chroma_url:
            return None
        chosen = {"tenant": self.chroma_tenant, "database": self.chroma_database}
        key = self.chroma_key.get_secret_value() if self.chroma_key else ""
        return Server(self.chroma_url, key, **{name: value for name, value in chosen.items() if value})

    @field_validator("chroma_url")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        parts = urlsplit(value or "http://x")
        if parts.scheme not in {"http", "https"} or not parts.hostname or parts.path.strip("/"):
            raise ValueError("give an address such as http://localhost:8001")
        return value

    @property
    def document_folders(self) -> list[Path]:
        """Folders in which documents are looked for."""
        return [self.documents if self.documents is not None else self.corpus / "documents"]

    @property
    def adapter(self) -> Path:
        """File of the adapter for the embedded encoder; used when it exists."""
        return self.corpus / "adapter.npz"

    @property
    def used_adapter(self) -> Path | None:
        """The adapter, for the model it was made for only."""
        return self.adapter if self.embedding_model == EMBEDDED else None


def load_settings(**overrides: Any) -> Settings:
    """Read the settings. Raises SettingsError naming an unknown or impossible one and, where it can, what was meant."""
    known = {PREFIX + name.upper() for name in Settings.model_fields}
    for name in os.environ:
        if name.upper().startswith(PREFIX) and name.upper() not in known and name != "WIJZER_TORCH_INDEX":
            close = difflib.get_close_matches(name.upper(), known, 1)
            meant = f"Did you mean {close[0]}?" if close else f"Known: {', '.join(sorted(known))}."
            raise SettingsError(f"Unknown setting {name}.", meant)
    try:
        return Settings(**{k: v for k, v in overrides.items() if v is not None})
    except ValidationError as error:
        first = error.errors()[0]
        raise SettingsError(f"Setting {PREFIX}{str(first['loc'][0]).upper()}: {first['msg']}.") from error
