"""What is installed, by hand or in the image, is the same; the lock is exact and brings no CUDA."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements-torch.lock", "requirements.lock", "requirements-dev.lock")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
SHELL = sorted([*(ROOT / "scripts").glob("*.sh"), ROOT / ".ci" / "run"])


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def lines(name: str) -> list[str]:
    return [line.strip() for line in read(name).splitlines() if line.strip() and not line.startswith("#")]


def pins(*names: str) -> dict[str, Version]:
    found = {}
    for line in (line for name in names for line in lines(name)):
        match = re.fullmatch(r"([A-Za-z0-9][A-Za-z0-9._-]*)==([0-9][A-Za-z0-9.!]*)", line)
        assert match, f"not an exact pin: {line}"
        name = canonicalize_name(match[1])
        assert name not in found, f"pinned twice: {name}"
        found[name] = Version(match[2])
    return found


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, arguments), continued lines joined."""
    text = re.sub(r"\\\n\s*", "", "\n".join(line for line in read("Dockerfile").splitlines() if not line.lstrip().startswith("#")))
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in text.splitlines() if line)]


def stage(number: int) -> list[tuple[str, str]]:
    starts = [i for i, (word, _) in enumerate(instructions()) if word == "FROM"]
    return instructions()[starts[number] : [*starts, None][number + 1]]  # type: ignore[misc]


def arguments(number: int, word: str) -> str:
    return "\n".join(rest for name, rest in stage(number) if name == word)


# The lock files


def test_every_version_is_exact_and_pinned_once() -> None:
    assert len(pins(*LOCKS)) > 100


def test_no_cuda_and_no_torch_but_the_one_that_goes_first() -> None:
    assert set(pins("requirements-torch.lock")) == {"torch"}
    names = pins("requirements.lock", "requirements-dev.lock")
    assert [n for n in names if re.match(r"torch$|triton|nvidia|cuda|cupy|pip$", n)] == []


def test_locks_name_no_host_and_no_hash() -> None:
    for name in LOCKS:
        assert not re.search(r"://|--|@", read(name)), name


@pytest.mark.parametrize("text", PROJECT["project"]["dependencies"])
def test_a_dependency_is_locked_within_its_range(text: str) -> None:
    requirement = Requirement(text)
    version = pins("requirements-torch.lock", "requirements.lock").get(canonicalize_name(requirement.name))
    assert version is not None, "run `make lock`"
    assert version in requirement.specifier


@pytest.mark.parametrize("text", [*PROJECT["project"]["optional-dependencies"]["dev"], *PROJECT["build-system"]["requires"]])
def test_a_tool_is_locked_within_its_range(text: str) -> None:
    requirement = Requirement(text)
    version = pins(*LOCKS).get(canonicalize_name(requirement.name))
    assert version is not None, "run `make lock`"
    assert version in requirement.specifier


# The image holds to what the Makefile does


def test_image_and_makefile_install_the_same_way() -> None:
    setup, build = read("scripts/setup.sh"), arguments(1, "RUN")
    assert "sh scripts/setup.sh" in read("Makefile")
    assert "sh scripts/packages.sh $venv $locks" in setup and "locks=requirements.lock\n" in setup
    assert "sh scripts/packages.sh /opt/wijzer requirements.lock" in build
    for option in ('PIP_CONSTRAINT="requirements.lock requirements-dev.lock"', "--no-deps"):
        assert option in setup and option in build
    # Nothing is installed but by those two lines, so that no other torch can come in.
    assert len(re.findall(r"pip install", build)) == 1
    assert not re.search(r"torch", re.sub(r"WIJZER_TORCH_INDEX\S*", "", build))


def test_torch_is_pinned_in_one_place_and_comes_from_one_index() -> None:
    version = pins("requirements-torch.lock")["torch"]
    written = [p.name for p in [*SHELL, ROOT / "Makefile", ROOT / "Dockerfile"] if str(version) in p.read_text("utf-8")]
    assert written == []
    indexes = {
        re.search(pattern, read(name))[1]  # type: ignore[index]
        for name, pattern in (
            ("Makefile", r"WIJZER_TORCH_INDEX \?= (\S+)"),
            ("scripts/packages.sh", r"WIJZER_TORCH_INDEX:-([^}]+)\}"),
            ("Dockerfile", r"ARG WIJZER_TORCH_INDEX=(\S+)"),
        )
    }
    assert len(indexes) == 1 and indexes.pop().endswith("/cpu")


def test_assets_are_made_by_the_same_script() -> None:
    assert "bash scripts/assets.sh" in read("scripts/setup.sh")
    assert "bash scripts/assets.sh" in arguments(0, "RUN")
    assert "--from=assets /src/assistant/web/static/vendor assistant/web/static/vendor" in arguments(1, "COPY")


def test_image_has_all_that_is_packaged() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    copied = set(arguments(1, "COPY").split())
    for name in [
        *wheel["packages"],
        *wheel["shared-data"],
        "pyproject.toml",
        PROJECT["project"]["readme"],
        *PROJECT["project"]["license-files"],
    ]:
        assert name.split("/")[0] in copied, name


def test_what_the_image_copies_exists_and_is_sent_to_the_engine() -> None:
    kept = {line[1:] for line in lines(".dockerignore") if line.startswith("!")}
    assert lines(".dockerignore")[0] == "*"
    for word, rest in instructions():
        if word != "COPY" or rest.startswith("--from"):
            continue
        for source in rest.split()[:-1]:
            assert (ROOT / source).exists(), source
            assert source.split("/")[0] in kept, source


def test_documents_are_mounted_never_built_in() -> None:
    assert "corpus/documents" in lines(".dockerignore")[1:]
    assert "WIJZER_DOCUMENTS=/documents" in arguments(2, "ENV")


def test_image_runs_the_same_python_as_an_ordinary_user_with_one_volume() -> None:
    images = [rest.split()[0] for word, rest in instructions() if word == "FROM"]
    assert images[1] == images[2]
    assert images[1].startswith("python:" + PROJECT["project"]["requires-python"].removeprefix(">="))
    assert arguments(2, "USER") == "10001:10001"
    assert arguments(2, "VOLUME") == '["/data"]'
    assert "WIJZER_DATA=/data" in arguments(2, "ENV")
    order = [word for word, _ in stage(2)]
    assert order.index("USER") > max(i for i, word in enumerate(order) if word in {"RUN", "COPY"})


def test_image_starts_as_make_serve_does() -> None:
    serve = re.search(r"^serve:.*\n((?:\t.*\n)+)", read("Makefile"), re.M)[1]  # type: ignore[index]
    started = arguments(2, "CMD")
    assert "wijzer serve" in serve and "wijzer serve" in started  # which brings the index up to date first
    assert "--host 0.0.0.0" in started


def test_health_check_asks_a_route_that_exists() -> None:
    path = re.search(r"127\.0\.0\.1:8000(/[\w/-]+)", arguments(2, "HEALTHCHECK"))[1]  # type: ignore[index]
    assert "urllib" in arguments(2, "HEALTHCHECK")
    assert path == "/health/ready"
    assert path.removeprefix("/health") in read("assistant/web/api.py")


def test_compose_fits_the_image_and_the_lock() -> None:
    services: Any = yaml.safe_load(read("compose.yaml"))["services"]
    assert services["ollama"]["profiles"] == ["ollama"] and services["chroma"]["profiles"] == ["chroma"]
    assert services["chroma"]["image"] == f"chromadb/chroma:{pins('requirements.lock')['chromadb']}"
    assert [v.split(":", 1)[1] for v in services["app"]["volumes"] if v.startswith("data")] == ["/data"]
    assert any(v.endswith(":/documents:ro") for v in services["app"]["volumes"])
    assert "ports" not in services["chroma"] and "profiles" not in services["app"]
    assert services["app"]["image"].endswith(":" + PROJECT["project"]["version"])


# The rest of what is shipped


def test_wheel_holds_corpus_and_prompts() -> None:
    wheel = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]
    assert set(wheel["packages"]) == {"ingest", "assistant", "evals"}
    shared = {source.split("/")[0] for source in wheel["shared-data"]}
    assert shared == {"corpus", "prompts"}
    # Every committed part of corpus/ is listed, and the folder for other people's texts is not.
    parts = {f"corpus/{path.name}" for path in (ROOT / "corpus").iterdir() if path.name != "documents"}
    assert {source for source in wheel["shared-data"] if source != "prompts"} == parts
    assert all(target.startswith("share/innovatiewijzer/") for target in wheel["shared-data"].values())
    assert any("static/vendor" in pattern for pattern in wheel["artifacts"])


def test_git_ignores_what_is_made_and_what_is_not_ours() -> None:
    ignored = set(lines(".gitignore"))
    for path in ("/.venv/", "/var/", "/node_modules/", "/assistant/web/static/vendor/", "/corpus/documents/", "/runs/", "__pycache__/"):
        assert path in ignored, path


@pytest.mark.parametrize("script", SHELL, ids=lambda path: str(path.name))
def test_scripts_parse_and_stop_at_the_first_error(script: Path) -> None:
    text = script.read_text("utf-8")
    shell = "bash" if "bash" in text.splitlines()[0] else "sh"
    assert subprocess.run([shell, "-n", str(script)], capture_output=True, check=False).returncode == 0
    assert re.search(r"^set -\w*e", text, re.M)


def test_make_lists_its_targets() -> None:
    shown = subprocess.run(["make", "--no-print-directory", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("setup", "serve", "test", "check", "eval", "clean"):
        assert re.search(rf"make {target}\b", shown), target


def test_the_build_machine_runs_the_commands_of_the_readme() -> None:
    commands = re.findall(r"^(?:nice )?make (\w+)", read(".ci/run"), re.M)
    assert commands == ["check", "eval", "test"]
    assert 'wait "$gate" || status=$?' in read(".ci/run")  # the build obeys what ran beside the tests
    assert "set -euo pipefail" in read(".ci/run")


def test_licence_is_named_alike_and_its_text_is_there() -> None:
    assert PROJECT["project"]["license"] == "EUPL-1.2"
    assert yaml.safe_load(read("publiccode.yml"))["legal"]["license"] == "EUPL-1.2"
    text = read("LICENSE")
    assert "EUROPEAN UNION PUBLIC LICENCE v. 1.2" in text
    assert all(re.search(rf"^## {n}\. ", text, re.M) for n in range(1, 16))


def test_publiccode_keeps_to_its_lengths() -> None:
    data: Any = yaml.safe_load(read("publiccode.yml"))
    assert data["softwareVersion"] == PROJECT["project"]["version"]
    for text in data["description"].values():
        assert len(text["shortDescription"]) <= 150
        assert len(text["longDescription"]) >= 150
