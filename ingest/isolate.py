"""Read a file in a process of its own, with limits on time and memory: a bad file can only hurt itself."""

from __future__ import annotations

import multiprocessing
import resource
from multiprocessing.connection import Connection
from pathlib import Path

from ingest.errors import ReadError
from ingest.readers import Reading, read

SECONDS = 60
MEMORY = 1 << 30


def read_isolated(path: Path, seconds: float = SECONDS, memory: int = MEMORY) -> Reading:
    """Return the reading of `path`. Raises ReadError for its reason, a crash, or a limit passed."""
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(str(path), theirs, memory), daemon=True)
    child.start()
    theirs.close()
    try:
        if not ours.poll(seconds):
            raise ReadError(f"reading it took longer than {seconds:.0f} seconds")
        outcome = ours.recv()
    except EOFError:
        raise ReadError("reading it crashed or took too much memory") from None
    finally:
        child.kill()
        child.join()
        ours.close()
    if isinstance(outcome, Reading):
        return outcome
    raise ReadError(*outcome)


def _child(path: str, pipe: Connection, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        pipe.send(read(Path(path)))
    except ReadError as error:
        pipe.send((str(error.args[0]), error.help))
    except MemoryError:
        pipe.send(("reading it takes too much memory", ""))
    except Exception as error:  # whatever a parser raises is the file's fault, and is reported as such
        pipe.send((f"it is damaged or not what its name says ({type(error).__name__})", ""))
