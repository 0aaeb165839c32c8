"""Input that people and programs give as JSON: fields that are safe to show, and errors in words, all of them together."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, BaseModel, Field, ValidationError
from pydantic_core import PydanticCustomError

from assistant.messages import TEXTS, message
from assistant.records import Language
from ingest.errors import WijzerError

MOST_FILE = 64 * 1024  # bytes of a file that is opened again; a filled-in scan with long remarks is some 15 kB
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_Model = TypeVar("_Model", bound=BaseModel)


def printable(text: str) -> str:
    """Return the text; raises the validation error `control_characters` when it holds any."""
    if _CONTROL.search(text):
        raise PydanticCustomError("control_characters", "control characters")
    return text


Name = Annotated[str, Field(max_length=120), AfterValidator(printable)]
Remark = Annotated[str, Field(max_length=500), AfterValidator(printable)]


class Invalid(WijzerError):
    """Input that cannot be used. `errors` are pairs of a place ("" for the whole) and what is wrong, in `language`."""

    def __init__(self, errors: Sequence[tuple[str, str]], language: Language) -> None:
        self.errors = tuple(errors)
        self.language = language
        super().__init__(self.text, message("invalid_help", language))

    @property
    def text(self) -> str:
        """All errors as one line of text."""
        return " ".join(f"{place}: {said}" if place else said for place, said in self.errors)


def reason(error: Mapping[str, Any], language: Language) -> str:
    """Return in words what one error of pydantic means; the library's own words for a kind that has none here."""
    kind = str(error["type"])
    key = {
        "string_too_long": "reason_long", "too_long": "reason_many", "missing": "reason_missing", "extra_forbidden": "reason_extra",
        "control_characters": "control", "greater_than_equal": "reason_least", "less_than_equal": "reason_most",
        "literal_error": "reason_literal", "string_type": "reason_text", "dict_type": "reason_object", "model_type": "reason_object",
        "model_attributes_type": "reason_object",
    }.get(kind)  # fmt: skip
    if key is None:
        families = {"int": "reason_whole", "date": "reason_date", "string": "reason_text", "bool": "reason_literal"}
        key = families.get(kind.partition("_")[0])
    if key is None:
        return str(error["msg"])
    values = error.get("ctx") or {}
    if "{" not in TEXTS[key][language]:
        return message(key, language)
    limit = next((values[name] for name in ("max_length", "ge", "le", "expected") if name in values), "")
    return message(key, language, limit=limit)


def parse(model: type[_Model], data: object, language: Language) -> _Model:
    """Return `data` as a record. Raises Invalid with every error and its place."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise Invalid([(".".join(map(str, e["loc"])), reason(e, language)) for e in error.errors()], language) from error


def load(raw: bytes, language: Language) -> Any:
    """Return the JSON of a file that someone kept. Raises Invalid when it is too large, not text, or no JSON."""
    if len(raw) > MOST_FILE:
        raise Invalid([("", message("file_large", language, most=MOST_FILE // 1024))], language)
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise Invalid([("", message("file_json", language))], language) from error


def checked_kind(data: Any, name: str, model: type[BaseModel], language: Language) -> dict[str, Any]:
    """Return the object in a file when its kind and version are those of `model`. A result has it under `name`."""
    if isinstance(data, dict) and "kind" not in data and isinstance(data.get(name), dict):
        data = data[name]
    if not isinstance(data, dict):
        raise Invalid([("", message("file_object", language))], language)
    kind, version = (model.model_fields[field].default for field in ("kind", "version"))
    if data.get("kind", kind) != kind:
        raise Invalid([("kind", message("file_kind", language, kind=kind))], language)
    if data.get("version", version) != version:
        raise Invalid([("version", message("file_version", language, version=version))], language)
    return data
