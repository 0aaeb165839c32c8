"""An answer as it is made, for a client that may leave: the work goes on in a thread, and stops when nobody is there any more."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any, TypeVar

from fastapi import Request
from starlette.concurrency import run_in_threadpool

from assistant.records import Answer, Citation, Statement
from assistant.state import Listener

T = TypeVar("T")
Work = Callable[[Listener, threading.Event], T]
Told = tuple[str, Any]

GONE = 499  # the client left before there was an answer; nobody sees it but the log

LOOK = 0.25  # seconds between two looks whether the client is still there
QUIET = 10.0  # seconds after which a line is sent that says nothing, so that nobody in between hangs up


class Following:
    """A `Listener` in the thread of the work, and the place where the events wait for the client.

    `apart`: in a thread of its own, because the work waits for a model and must not keep others from a place in the pool.
    """

    def __init__(self, work: Work[Any], apart: bool) -> None:
        self.stopped = threading.Event()
        self._work = work
        self._loop = asyncio.get_running_loop()
        self._told: asyncio.Queue[Told | Exception] = asyncio.Queue()
        self._next: asyncio.Task[Told | Exception] | None = None
        if apart:
            threading.Thread(target=self._run, name="answer", daemon=True).start()
        else:
            self._running = asyncio.create_task(run_in_threadpool(self._run))

    def progress(self, step: str) -> None:
        """Tell that a step has begun."""
        self._tell(("progress", {"step": step}))

    def statement(self, statement: Statement, cited: Sequence[Citation]) -> None:
        """Tell a statement with its citations."""
        self._tell(("statement", statement.json_dict() | {"cited": [c.json_dict() for c in cited]}))

    def withdrawn(self) -> None:
        """Tell that the statements so far do not count."""
        self._tell(("withdrawn", {}))

    async def next(self, request: Request) -> Told | None:
        """Return the next event: ("answer", what the work made) is the last, ("quiet", None) says that nothing happened for a while.

        Returns None when the client has left. Raises what the work raised.
        """
        waited = 0.0
        while not await request.is_disconnected():
            if waited >= QUIET:
                return ("quiet", None)
            self._next = self._next or asyncio.create_task(self._told.get())
            done, _ = await asyncio.wait({self._next}, timeout=LOOK)
            if done:
                told, self._next = self._next.result(), None
                if isinstance(told, Exception):
                    raise told
                return told
            waited += LOOK
        return None

    def close(self) -> None:
        """Tell the work to stop, when it still goes on."""
        self.stopped.set()
        if self._next is not None:
            self._next.cancel()

    def _run(self) -> None:
        try:
            self._tell(("answer", self._work(self, self.stopped)))
        except Exception as error:
            self._tell(error)

    def _tell(self, told: Told | Exception) -> None:
        with suppress(RuntimeError):  # the loop has ended: nobody listens
            self._loop.call_soon_threadsafe(self._told.put_nowait, told)


async def whole(work: Work[T], request: Request, apart: bool) -> T | None:
    """Return what the work makes, or None when the client has left before it was made; then the work is told to stop."""
    following = Following(work, apart)
    try:
        while told := await following.next(request):
            if told[0] == "answer":
                made: T = told[1]
                return made
        return None
    finally:
        following.close()


async def events(work: Work[Answer], request: Request, apart: bool) -> AsyncIterator[str]:
    """Yield an answer as server-sent events.

    `progress` {"step"}: something that takes a while has begun. `statement`: a statement that was checked, with its citations
    under `cited`. `withdrawn`: the statements so far do not count, others follow. `answer`, the last: the whole answer, which
    holds whatever was told before. In quote mode there are only `statement` and `answer`.
    """
    following = Following(work, apart)
    streamed = 0
    try:
        while told := await following.next(request):
            name, data = told
            if name == "quiet":
                yield ": \n\n"
            elif name != "answer":
                streamed = 0 if name == "withdrawn" else streamed + (name == "statement")
                yield event(name, data)
            else:
                for part in _last(data, streamed):
                    yield part
                return
    finally:
        following.close()


def _last(answer: Answer, streamed: int) -> Iterator[str]:
    if answer.mode == "quote":  # its statements were not told while it was made
        if streamed:
            yield event("withdrawn", {})
        by_number = {c.n: c for c in answer.citations}
        for statement in answer.statements:
            yield event("statement", statement.json_dict() | {"cited": [by_number[n].json_dict() for n in statement.citations]})
    yield event("answer", answer.json_dict())


async def chained(first: str, rest: AsyncIterator[str]) -> AsyncIterator[str]:
    """Yield one event and then the others, closing the others when the client goes."""
    try:
        yield first
        async for one in rest:
            yield one
    finally:
        await rest.aclose()  # type: ignore[attr-defined]


def event(name: str, data: Any) -> str:
    """Return one server-sent event."""
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
