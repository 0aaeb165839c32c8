"""Read a file in a process of its own, with limits on time and memory: a bad file can only hurt itself."""

from __future__ import annotations

import multiprocessing
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from types import ModuleType

from ingest.errors import ReadError
from ingest.readers import Reading, read

SECONDS = 60
MEMORY = 1 << 30
_PRELOADED = ["ingest.isolate", "ingest.docx", "ingest.html", "ingest.pdf"]  # once, in the process that the readers are forked from


def read_isolated(path: Path, seconds: float = SECONDS, memory: int = MEMORY) -> Reading:
    """Return the reading of `path`. Raises ReadError for its reason, a crash, or a limit passed."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    ours, theirs = context.Pipe(duplex=False)
    child = context.Process(target=_child, args=(str(path), theirs, memory), daemon=True)
    with _no_main():
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


@contextmanager
def _no_main() -> Iterator[None]:
    """Hide the program's own script: multiprocessing runs it again in every child, which would load all of the program for each file."""
    main = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = main


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
