"""Find a port that is free."""

from __future__ import annotations

import socket

from ingest.errors import WijzerError


def free_port(host: str, wanted: int, tries: int = 50) -> int:
    """Return `wanted`, or the next port that is free. Raises WijzerError when none of the next `tries` is."""
    for port in range(wanted, min(wanted + tries, 65536)):
        with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError:
                continue
            return port
    raise WijzerError(f"No free port from {wanted} on {host}.", "Stop another server or set WIJZER_PORT.")
