"""A language model that does as it is told: an OpenAI-compatible server on the loopback address, over real HTTP."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal

Mode = Literal["ok", "slow", "stall", "500", "429", "cut", "closed", "garbage", "endless", "empty", "length"]


@dataclass
class FakeLLM:
    """The script: how to behave, and what to say to a prompt. `requests` are the bodies received, `headers` theirs; `asked` and
    `hung_up` are set when the first has come and when a client has left before the end.

    slow: a word per 0.3 s; stall: one word, then silence; cut: broken off in a chunk; closed: ended tidily, but halfway;
    garbage: not the protocol at all; endless: words without end; length: stopped at the most tokens. With `pause`, the last
    words wait until it is set.
    """

    mode: Mode = "ok"
    reply: Callable[[str], str] = lambda prompt: "Dag."
    url: str = ""
    requests: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    asked: threading.Event = field(default_factory=threading.Event)
    hung_up: threading.Event = field(default_factory=threading.Event)
    stop: threading.Event = field(default_factory=threading.Event)
    pause: threading.Event | None = None

    @property
    def prompts(self) -> list[str]:
        """The last message of each request."""
        return [str(r["messages"][-1]["content"]) for r in self.requests]

    def left(self) -> threading.Event:
        """Return an event that is set as soon as something has been asked: a caller who leaves then."""
        gone = threading.Event()
        threading.Thread(target=lambda: self.asked.wait(30) and gone.set(), daemon=True).start()
        return gone

    def stops_when_closed(self, connection: HTTPConnection) -> bool:
        """Close the connection of a client while the model is answering, and return whether the model is left alone then."""
        assert self.asked.wait(30) and not self.hung_up.is_set()
        connection.close()
        return self.hung_up.wait(10)


@contextmanager
def fake_llm(mode: Mode = "ok", reply: Callable[[str], str] | None = None) -> Iterator[FakeLLM]:
    """Serve for as long as the block lasts."""
    script = FakeLLM(mode)
    if reply is not None:
        script.reply = reply
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(script))
    server.daemon_threads = True
    script.url = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield script
    finally:
        script.stop.set()
        server.shutdown()
        server.socket.close()
        thread.join(5)


def _handler(script: FakeLLM) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            script.requests.append(body)
            script.headers.append({k.lower(): v for k, v in self.headers.items()})
            script.asked.set()
            self.close_connection = True
            try:
                self._answer(str(body["messages"][-1]["content"]))
            except OSError:
                script.hung_up.set()

        def _answer(self, prompt: str) -> None:
            if script.mode in {"500", "429"}:
                return self._plain(int(script.mode), b'{"error": {"message": "no", "type": "no", "code": "no"}}')
            if script.mode == "garbage":
                return self._plain(200, b"\x00\xff<html>" * 50)
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            if script.mode != "closed":  # then the end of the connection is the only end there is
                self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            words = {"empty": [], "stall": ["Een"], "endless": ["woord " * 50] * 100_000}.get(script.mode)
            if words is None:
                said = script.reply(prompt)
                words = [said[i : i + 40] for i in range(0, len(said), 40)] if script.mode != "slow" else said.split(" ")
            if script.mode in {"cut", "closed"}:
                words = words[: len(words) // 2 or 1]
            for at, word in enumerate(words):
                if script.pause and at == len(words) - 1:
                    script.pause.wait(20)
                self._event({"content": word})
                if script.mode == "slow" and script.stop.wait(0.3):
                    return
            if script.mode == "stall":
                while not script.stop.wait(0.05):
                    self._chunk(b": still there\n\n")
            if script.mode == "cut":
                self.wfile.write(b"400\r\ndata: {")
            elif script.mode != "closed":
                self._event({}, "length" if script.mode == "length" else "stop")
                self._chunk(b"data: [DONE]\n\n")
                self.wfile.write(b"0\r\n\r\n")

        def _plain(self, status: int, body: bytes) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Connection", "close")
            self.end_headers()
            self.wfile.write(body)

        def _event(self, delta: dict[str, str], finish: str | None = None) -> None:
            choice = {"index": 0, "delta": {"role": "assistant", **delta}, "finish_reason": finish}
            event = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "fake", "choices": [choice]}
            self._chunk(f"data: {json.dumps(event)}\n\n".encode())

        def _chunk(self, data: bytes) -> None:
            self.wfile.write(data if script.mode == "closed" else b"%x\r\n%s\r\n" % (len(data), data))
            self.wfile.flush()

    return Handler
