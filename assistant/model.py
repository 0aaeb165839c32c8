"""The language model, behind one function with a limit on everything; the one module that knows LangChain's chat models.

Nothing is kept between two questions: each gets a connection of its own, closed when its deadline passes. Whatever goes
wrong outside is told as ModelUnavailable, here and nowhere else.
"""

from __future__ import annotations

import asyncio
import queue
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import SecretStr

from assistant.settings import Settings
from ingest.errors import ModelUnavailable, SettingsError, WijzerError

PROVIDERS = ("ollama", "openai", "anthropic", "mistralai")
MOST_BYTES = 32_000
RETRIES = 1
CONTEXT = 8192  # Ollama's own default is shorter, and it drops what does not fit without a word
_LOOK = 0.1  # seconds between two looks whether anyone still waits
GRACE = 2.0  # seconds for closing the connection after the deadline
DOCS = "See docs/models.md."
Message = tuple[Literal["system", "user", "assistant"], str]


@dataclass(frozen=True)
class ChatModel:
    """Which model, and where. `name` is as the user set it; `url` None means the provider's own address."""

    name: str
    provider: str
    model: str
    url: str | None = None
    key: SecretStr | None = None


def open_model(settings: Settings) -> ChatModel:
    """Return the model that the settings name. Raises SettingsError, or ModelUnavailable when its package or key is missing.

    Does not call the model: that it answers is only known after `ask`.
    """
    if not settings.model:
        raise SettingsError("No language model is configured.", f"Set WIJZER_MODEL, for example to ollama:gemma4:e4b. {DOCS}")
    url = settings.model_url or None
    if url and not url.startswith(("http://", "https://")):
        raise SettingsError(f"WIJZER_MODEL_URL is not a web address: {url}.", "It begins with http:// or https://.")
    provider, colon, model = settings.model.partition(":")
    if not colon or provider not in PROVIDERS:
        if url is None:
            known = ", ".join(f"{p}:" for p in PROVIDERS)
            raise SettingsError(
                f"WIJZER_MODEL={settings.model} does not say whose model it is.", f"Begin with {known} or set WIJZER_MODEL_URL."
            )
        provider, model = "openai", settings.model
    if not model:
        raise SettingsError(f"WIJZER_MODEL={settings.model} names no model.", DOCS)
    chosen = ChatModel(settings.model, provider, model, url, settings.model_key)
    try:
        _made(chosen, settings.model_seconds, 1)
    except ImportError as error:
        raise ModelUnavailable(
            f"The package for {provider} is not installed.", f"Install langchain-{provider}. {DOCS}", "settings"
        ) from error
    except Exception as error:
        raise ModelUnavailable(
            f"Model {chosen.name} cannot be used: {_short(error)}", f"Is WIJZER_MODEL_KEY set? {DOCS}", "settings"
        ) from error
    return chosen


def ask(model: ChatModel, messages: Sequence[Message], seconds: float, most_tokens: int) -> str:
    """Return the model's whole reply, within `seconds` in total. Raises ModelUnavailable; never returns half a reply."""
    return "".join(stream(model, messages, seconds, most_tokens)).strip()


def stream(
    model: ChatModel, messages: Sequence[Message], seconds: float, most_tokens: int, stopped: threading.Event | None = None
) -> Iterator[str]:
    """Yield the model's reply in pieces as they come, within `seconds` in total.

    Raises ModelUnavailable where the reply turns out not to be whole, so what came before it may be half a reply. Works in a
    thread of its own, so it can be used from anywhere. Closing the iterator, interrupting the caller or setting `stopped`
    closes the connection to the model.
    """
    call = _Call(model, list(messages), seconds, most_tokens)
    until = time.monotonic() + seconds + GRACE
    call.start()
    try:
        while time.monotonic() < until:
            if stopped is not None and stopped.is_set():
                raise ModelUnavailable("Nobody waits for the answer any more.", "Ask again.", "stopped")
            try:
                piece = call.pieces.get(timeout=_LOOK)
            except queue.Empty:
                continue
            if piece is None:
                if call.error:
                    raise call.error
                return
            yield piece
        raise _too_slow(model, seconds)
    finally:
        call.cancel()


class _Call(threading.Thread):
    """One question to the model. `pieces` gets what it says, then None; `error` is set before that None when it failed."""

    def __init__(self, model: ChatModel, messages: list[Message], seconds: float, most_tokens: int) -> None:
        super().__init__(daemon=True, name="model")
        self.model, self.messages, self.seconds, self.most_tokens = model, messages, seconds, most_tokens
        self.pieces: queue.SimpleQueue[str | None] = queue.SimpleQueue()
        self.error: ModelUnavailable | None = None
        self._running: tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]] | None = None
        self._lock = threading.Lock()
        self._cancelled = False

    def run(self) -> None:
        """Ask, and hand on what comes of it."""
        try:
            asyncio.run(self._within())
        except BaseException as error:
            self.error = _mapped(error, self.model, self.seconds)
        self.pieces.put(None)

    def cancel(self) -> None:
        """Close the connection, when it is still open."""
        with self._lock:
            self._cancelled = True
            if self._running is not None:
                loop, task = self._running
                loop.call_soon_threadsafe(task.cancel)

    async def _within(self) -> None:
        task = asyncio.current_task()
        assert task is not None
        with self._lock:
            if self._cancelled:
                raise asyncio.CancelledError
            self._running = (asyncio.get_running_loop(), task)
        try:
            async with asyncio.timeout(self.seconds):
                await self._listen()
        finally:
            with self._lock:
                self._running = None

    async def _listen(self) -> None:
        from langsmith import tracing_context

        size, ended, said = 0, "", False
        client = _client(self.model, self.seconds)
        try:
            with tracing_context(enabled=False):
                chunks = _made(self.model, self.seconds, self.most_tokens, client).astream(self.messages)
                try:
                    async for chunk in chunks:
                        piece = str(chunk.text)
                        size += len(piece.encode("utf-8", "replace"))
                        if size > MOST_BYTES:
                            raise ModelUnavailable(
                                f"Model {self.model.name} went on past {MOST_BYTES // 1000} kB.", "Try again, or another model.", "long"
                            )
                        if piece:
                            self.pieces.put(piece)
                            said = said or bool(piece.strip())
                        known = chunk.response_metadata
                        ended = str(known.get("finish_reason") or known.get("done_reason") or known.get("stop_reason") or ended)
                finally:
                    await chunks.aclose()
        finally:
            if client is not None:
                await client.aclose()
        _see_that_it_is_whole(said, ended, self.model)


def _see_that_it_is_whole(said: bool, ended: str, model: ChatModel) -> None:
    if ended in {"length", "max_tokens", "model_length"}:
        raise ModelUnavailable(f"Model {model.name} did not finish within the length allowed.", "Try again, or another model.", "long")
    if ended in {"content_filter", "refusal"}:
        raise ModelUnavailable(f"Model {model.name} refused to answer.", "Try another model.", "refused")
    if said and not ended:
        raise _cut_off(model)
    if not said:
        raise ModelUnavailable(f"Model {model.name} gave an empty reply.", "Try again, or another model.", "empty")


def _client(model: ChatModel, seconds: float) -> Any:
    """Return a connection of our own for OpenAI: the one langchain shares belongs to an event loop that has ended."""
    if model.provider != "openai":
        return None
    from openai import DefaultAsyncHttpxClient

    return DefaultAsyncHttpxClient(timeout=seconds)


def _made(model: ChatModel, seconds: float, most_tokens: int, client: Any = None) -> Any:
    from langchain.chat_models import init_chat_model

    options: dict[str, Any] = {"base_url": model.url} if model.url else {}
    key = model.key.get_secret_value() if model.key else None
    if model.provider == "ollama":
        headers = {"headers": {"Authorization": f"Bearer {key}"}} if key else {}
        options |= {"num_predict": most_tokens, "num_ctx": CONTEXT, "temperature": 0.0, "client_kwargs": {"timeout": seconds, **headers}}
    else:
        options |= {"timeout": seconds, "max_retries": RETRIES}
        # Without a key of ours a server that we were pointed at must not get the one in the environment.
        key = key or ("none" if model.url else None)
        options |= {"api_key": key} if key else {}
        if model.provider == "openai" and model.url:  # compatible servers know the older name of the limit
            options |= {"extra_body": {"max_tokens": most_tokens}, "temperature": 0.0, "use_responses_api": False}
        else:
            options |= {"max_tokens": most_tokens}
        options |= {"http_async_client": client} if client is not None else {}
    return init_chat_model(model.model, model_provider=model.provider, **options)


def _cut_off(model: ChatModel) -> ModelUnavailable:
    return ModelUnavailable(f"The reply of model {model.name} was cut off.", "Try again; see the log of the model's server.", "cut")


def _too_slow(model: ChatModel, seconds: float) -> ModelUnavailable:
    return ModelUnavailable(
        f"Model {model.name} took longer than {seconds:g} seconds.", "Raise WIJZER_MODEL_SECONDS or use a smaller model.", "slow"
    )


def _mapped(error: BaseException, model: ChatModel, seconds: float) -> ModelUnavailable:
    """Return what any error from outside means to the user."""
    if isinstance(error, ModelUnavailable):
        return error
    kinds: set[str] = set()
    cause: BaseException | None = error  # the provider's error often hides what happened on the line
    while cause is not None:
        kinds |= {kind.__name__ for kind in type(cause).__mro__}
        cause = cause.__cause__
    status = getattr(error, "status_code", None)
    if kinds & {"TimeoutError", "TimeoutException", "APITimeoutError", "CancelledError"}:
        mapped = _too_slow(model, seconds)
    elif status in {401, 403}:
        mapped = ModelUnavailable(f"Model {model.name} refuses the key.", "Set WIJZER_MODEL_KEY to a key that is valid there.", "settings")
    elif status == 404:
        mapped = ModelUnavailable(
            f"Model {model.name} is not known there.", "Check WIJZER_MODEL; with Ollama, pull the model first.", "settings"
        )
    elif status == 429:
        mapped = ModelUnavailable(f"Model {model.name} is asked too often.", "Wait a while and try again.", "busy")
    elif isinstance(status, int) and status > 0:
        mapped = ModelUnavailable(f"The server of model {model.name} failed (status {status}).", "Try again; see the log of that server.")
    elif kinds & {"RemoteProtocolError", "ReadError"}:
        mapped = _cut_off(model)
    elif kinds & {"ConnectError", "APIConnectionError", "ConnectionError"}:
        mapped = ModelUnavailable(
            f"Model {model.name} cannot be reached: {_short(error)}",
            f"Is its server running? Check WIJZER_MODEL_URL. {DOCS}",
            "unreachable",
        )
    else:
        mapped = ModelUnavailable(
            f"Model {model.name} gave no usable reply: {_short(error)}", "Try again; see the log of the model's server."
        )
    mapped.__cause__ = error
    return mapped


def _short(error: BaseException) -> str:
    if isinstance(error, WijzerError):
        return str(error)
    return (" ".join(str(error).split()) or type(error).__name__)[:160]
