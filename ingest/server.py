"""Where a Chroma server is. Apart from `vectors`, so that reading the settings does not load Chroma."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Server:
    """A Chroma server: `url` (http or https); for Chroma Cloud or a proxy a `key`, sent as x-chroma-token, tenant and database."""

    url: str
    key: str = ""
    tenant: str = "default_tenant"
    database: str = "default_database"
