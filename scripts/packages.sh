#!/bin/sh
# Install the locked packages into a virtual environment; the Makefile and the Dockerfile both use this.
#   packages.sh VENV LOCK...
# torch goes first and apart: the CPU build has a version of its own, and no other package may bring another one.
set -eu
venv=$1
shift
flags=${PACKAGES_FLAGS:-}
index=${WIJZER_TORCH_INDEX:-https://download.pytorch.org/whl/cpu}
version=$(sed -n 's/^torch==//p' requirements-torch.lock)

pip() {
    "$venv/bin/python" -m pip --disable-pip-version-check "$@"
}

have=$("$venv/bin/python" -c 'from importlib.metadata import version; print(version("torch"))' 2>/dev/null || true)
if [ "${WIJZER_TORCH:-cpu}" = default ]; then
    # Asked for: whatever pip takes for this machine, with the CUDA libraries it depends on.
    case $have in *+cpu) pip uninstall -qq --yes torch ;; esac
    echo "torch $version, the default build"
    # shellcheck disable=SC2086
    pip install -qq $flags --constraint requirements.lock "torch==$version"
elif [ "$(uname -s)" != Linux ]; then
    # Elsewhere the one build there is has no CUDA in it.
    # shellcheck disable=SC2086
    pip install -qq $flags --no-deps "torch==$version"
elif [ "$have" != "$version+cpu" ]; then
    echo "torch $version, CPU build"
    # Without its dependencies: those are in the lock, and PyTorch's index has only old ones.
    # shellcheck disable=SC2086
    pip install -qq $flags --no-deps --only-binary :all: "torch==$version+cpu" >/dev/null 2>&1 ||
        pip install -qq $flags --no-deps --only-binary :all: --index-url "$index" "torch==$version+cpu"
fi

for lock in "$@"; do
    echo "$(grep -c '^[A-Za-z]' "$lock") packages of $lock"
    # Without dependencies: the lock is complete, so nothing can come along that is not in it, least of all another torch.
    # shellcheck disable=SC2086
    pip install -qq $flags --no-deps --requirement "$lock"
done
pip check >/dev/null || {
    pip check >&2 || true
    exit 1
}
