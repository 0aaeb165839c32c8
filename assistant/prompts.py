"""The prompts in `prompts/*.md`: a header with version and variables, then the text. Checked when loaded, never later."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from ingest.errors import CorpusError

_HEADER = re.compile(r"\A---\n(.*?)\n---\n(.*)\Z", re.DOTALL)
_VARIABLE = re.compile(r"\{\{\s*(\w+)\s*\}\}")


@dataclass(frozen=True)
class Prompt:
    """One prompt. `sha256` is of the whole file, header included."""

    name: str
    version: int
    variables: frozenset[str]
    body: str
    sha256: str

    def render(self, **values: str) -> str:
        """Return the text with its variables filled in, in one pass: a value that looks like a variable stays as it is.

        Raises CorpusError when a variable has no value or a value no variable.
        """
        if set(values) != self.variables:
            raise _broken(self.name, sorted(set(values) - self.variables), sorted(self.variables - set(values)))
        return _VARIABLE.sub(lambda found: values[found[1]], self.body)


def _broken(name: str, unknown: list[str], missing: list[str]) -> CorpusError:
    return CorpusError(f"Prompt {name}: unknown variables {unknown}, missing variables {missing}.", "Mend its header or its text.")


def load_prompt(folder: Path, name: str) -> Prompt:
    """Return the prompt `name` of `folder`. Raises CorpusError when it is not there or not well-formed."""
    path = folder / f"{name}.md"
    try:
        data = path.read_bytes()
        found = _HEADER.match(data.decode("utf-8").replace("\r\n", "\n"))
        header: Any = yaml.safe_load(found[1]) if found else None
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise CorpusError(f"Prompt {name} cannot be read: {error}", f"See that {path} is there and is text.") from error
    if found is None or not isinstance(header, dict) or set(header) != {"version", "variables"}:
        raise CorpusError(f"Prompt {name}: a header with `version` and `variables` is expected.", "See prompts/README.md.")
    version, variables = header["version"], header["variables"]
    if type(version) is not int or not isinstance(variables, list) or not all(isinstance(v, str) for v in variables):
        raise CorpusError(f"Prompt {name}: `version` is a whole number, `variables` a list of names.", "See prompts/README.md.")
    body = found[2].strip() + "\n"
    used = set(_VARIABLE.findall(body))
    if used != set(variables):
        raise _broken(name, sorted(used - set(variables)), sorted(set(variables) - used))
    return Prompt(name, version, frozenset(variables), body, hashlib.sha256(data).hexdigest())


def load_prompts(folder: Path) -> dict[str, Prompt]:
    """Return all prompts of `folder` by name. Raises CorpusError for the first that breaks the format."""
    return {path.stem: load_prompt(folder, path.stem) for path in sorted(folder.glob("*.md")) if path.stem != "README"}
