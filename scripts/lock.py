"""Write the lock files from what is installed: walk the dependencies of pyproject.toml and pin each exactly.

`requirements.lock` is what running needs, `requirements-dev.lock` what testing and building need besides. torch stands
apart in `requirements-torch.lock`, since its CPU build has a version of its own. Run by scripts/lock.sh.
"""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parent.parent
BUILD = ("editables",)  # what hatchling asks for when the program is installed editable
# Every environment that the lock has to serve; a package that one of them needs is pinned for all.
TARGETS = [
    {
        "python_version": f"3.{minor}",
        "python_full_version": f"3.{minor}.0",
        "sys_platform": system,
        "platform_system": name,
        "platform_machine": machine,
    }
    for minor in (11, 12, 13, 14)
    for system, name, machine in (("linux", "Linux", "x86_64"), ("linux", "Linux", "aarch64"), ("darwin", "Darwin", "arm64"))
]
KEPT_OUT = re.compile(r"^(torch|triton|nvidia-.*|cuda-.*|pip)$")


def canonical(name: str) -> str:
    """Return the name as indexes write it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def applies(requirement: Requirement, extras: set[str]) -> bool:
    """Say whether a requirement holds in any of the environments."""
    marker = requirement.marker
    return marker is None or any(marker.evaluate({**target, "extra": extra}) for target in TARGETS for extra in extras | {""})


def closure(wanted: list[str]) -> dict[str, str]:
    """Return name -> version of everything that the wanted requirements bring along."""
    found: dict[str, str] = {}
    seen: set[tuple[str, str]] = set()
    queue = [(requirement, set[str]()) for requirement in map(Requirement, wanted)]
    while queue:
        requirement, extras = queue.pop()
        name = canonical(requirement.name)
        if not applies(requirement, extras):
            continue
        todo = {extra for extra in requirement.extras | {""} if (name, extra) not in seen}
        if not todo:
            continue
        seen |= {(name, extra) for extra in todo}
        try:
            dist = distribution(name)
        except PackageNotFoundError:
            if not KEPT_OUT.match(name):
                print(f"not installed here, needed elsewhere: {requirement}", file=sys.stderr)  # noqa: T201
            continue
        if not KEPT_OUT.match(name):
            found[name] = dist.version
        queue += [(Requirement(text), set(requirement.extras)) for text in dist.requires or []]
    return found


def write(name: str, purpose: str, pins: dict[str, str]) -> None:
    """Write one lock file."""
    head = f"# {purpose} Written by scripts/lock.sh; do not edit.\n"
    (ROOT / name).write_text(head + "".join(f"{k}=={v}\n" for k, v in sorted(pins.items())), "utf-8")


def main() -> None:
    """Write the three files."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    runtime = closure(project["project"]["dependencies"])
    extras = project["project"]["optional-dependencies"]["dev"]
    dev = closure([*extras, *project["build-system"]["requires"], *BUILD])
    torch = distribution("torch").version.partition("+")[0]
    write("requirements-torch.lock", "Installed first, as its CPU build (scripts/packages.sh).", {"torch": torch})
    write("requirements.lock", "What running needs, torch apart.", runtime)
    write("requirements-dev.lock", "What testing and building need besides.", {k: v for k, v in dev.items() if k not in runtime})


if __name__ == "__main__":
    main()
