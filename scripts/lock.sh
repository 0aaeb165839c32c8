#!/bin/sh
# Resolve the dependencies of pyproject.toml anew in a fresh environment and write the lock files.
#   lock.sh                        everything may move
#   lock.sh -c requirements.lock -c requirements-dev.lock     only what is new or no longer fits
#   lock.sh torch==X               another torch
# Other arguments go to pip. Run it with the oldest Python that is supported, so that the lock fits the newer ones too.
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
case ${1:-} in
torch==*)
    echo "$1" >requirements-torch.lock
    shift
    ;;
esac
"${PYTHON:-python3.11}" -m venv "$work/venv"
sh scripts/packages.sh "$work/venv" 2>/dev/null || true # torch alone; `pip check` misses its dependencies
"$work/venv/bin/python" -m pip freeze | grep '^torch==' >"$work/torch.txt"
"$work/venv/bin/python" -m pip --disable-pip-version-check install -qq --constraint "$work/torch.txt" "$@" --editable '.[dev]' hatchling editables
"$work/venv/bin/python" scripts/lock.py
