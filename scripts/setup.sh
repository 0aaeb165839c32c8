#!/bin/sh
# Make .venv what the lock files say. `setup.sh` for running, `setup.sh dev` also for testing.
# A stamp for each part makes a second run return at once; an interrupted run leaves none and is taken up again.
set -eu
cd "$(dirname "$0")/.."
venv=.venv
dev=${1:-}
# Where this is set, nothing would ever be byte-compiled and every start would take half a minute.
unset PYTHONDONTWRITEBYTECODE

fail() {
    echo "$*" >&2
    exit 1
}

digest() {
    if command -v sha256sum >/dev/null 2>&1; then sha256sum; else shasum -a 256; fi | cut -c1-16
}

# The folder is part of the stamp: a virtual environment does not survive being moved.
contents() {
    pwd
    cat requirements-torch.lock requirements.lock requirements-dev.lock pyproject.toml scripts/setup.sh scripts/packages.sh
}
assets() {
    cat package.json package-lock.json .npmrc scripts/assets.sh scripts/node.sh 2>/dev/null || true
}
hash=$(contents | digest)
setup_stamp=$venv/.setup-$hash
dev_stamp=$venv/.dev-$hash
assets_stamp=$venv/.assets-$(assets | digest)
# Said once, `default` is kept until `cpu` is said.
built=$(cat $venv/.torch 2>/dev/null || echo cpu)
torch=${WIJZER_TORCH:-$built}
[ "$torch" = cpu ] || [ "$torch" = default ] || fail "WIJZER_TORCH is '$torch'; it can be cpu or default."

works() {
    [ -x $venv/bin/python ] && $venv/bin/python -c '' >/dev/null 2>&1
}

# Whether all that is asked for is there. The style sheets can be removed without us; then they are fetched again.
has_assets() {
    [ ! -f scripts/assets.sh ] || { [ -e "$assets_stamp" ] && [ -d assistant/web/static/vendor ]; }
}
has_packages() {
    [ -e "$setup_stamp" ] && { [ -z "$dev" ] || [ -e "$dev_stamp" ]; } && [ "$torch" = "$built" ] && works
}

fetch_assets() {
    # The pages work without these styles, so their absence stops no one; without a stamp the next run tries again.
    if sh scripts/node.sh $venv && PATH="$(pwd)/$venv/bin:$PATH" bash scripts/assets.sh >$venv/assets.log 2>&1; then
        rm -f $venv/.assets-*
        : >"$assets_stamp"
    else
        echo "The style sheets could not be fetched (see $venv/assets.log); the pages do without, the next run tries again." >&2
    fi
}

if has_packages; then
    has_assets || fetch_assets
    exit 0
fi

# The first Python that is new enough and can make a virtual environment.
python=
bare=
for candidate in "${PYTHON:-python3.11}" python3.12 python3.13 python3 python3.14; do
    command -v "$candidate" >/dev/null 2>&1 || continue
    "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || continue
    if "$candidate" -c 'import ensurepip, venv' 2>/dev/null; then
        python=$candidate
        break
    fi
    bare=${bare:-$candidate}
done
if [ -z "$python" ]; then
    if [ -n "$bare" ]; then
        fail "$bare cannot make a virtual environment: apt install $("$bare" -c 'import sys; print(f"python{sys.version_info[0]}.{sys.version_info[1]}-venv")') (on Debian: python3-venv)."
    fi
    fail "Python 3.11 or newer is needed and was not found: apt install python3 python3-venv, or set PYTHON to one."
fi

if ! works || [ "$(cat $venv/.place 2>/dev/null)" != "$(pwd)" ]; then
    # 4 GB: what is installed, and the packages as downloaded. A set-up that is only brought up to date needs little of it.
    free=$(df -Pk . | awk 'NR == 2 { print int($4 / 1048576) }')
    [ "$free" -ge 4 ] || fail "Not enough disk: ${free} GB free here, 4 GB needed."
    echo "Setting up with $("$python" --version); the first time this takes a few minutes."
    rm -rf $venv
    "$python" -m venv $venv
    pwd >$venv/.place
fi
locks=requirements.lock
[ -z "$dev" ] || locks="requirements.lock requirements-dev.lock"
# Only the tools are missing: leave the rest alone.
if [ -e "$setup_stamp" ] && [ "$torch" = "$built" ]; then
    locks=requirements-dev.lock
else
    rm -f $venv/.setup-* $venv/.dev-*
fi
# Not byte-compiled by pip: Python does that for the part that is used, most of it right below, which saves a minute.
# shellcheck disable=SC2086
WIJZER_TORCH=$torch PACKAGES_FLAGS=--no-compile sh scripts/packages.sh $venv $locks || fail "The packages could not be installed; the lines above say why."
echo "$torch" >$venv/.torch
if [ ! -e "$setup_stamp" ]; then
    # The build backend comes from the lock files too (pip before 25.3 reads the first variable, later ones the second).
    PIP_CONSTRAINT="requirements.lock requirements-dev.lock" PIP_BUILD_CONSTRAINT="requirements.lock requirements-dev.lock" \
        $venv/bin/python -m pip --disable-pip-version-check install -qq --no-deps --editable . || fail "The program itself could not be installed; the lines above say why."
    $venv/bin/python -c 'import assistant.cli, chromadb, fastapi, sentence_transformers' || fail "Everything is installed, but the program does not start; the lines above say why."
    : >"$setup_stamp"
fi
[ -z "$dev" ] || : >"$dev_stamp"
has_assets || fetch_assets
