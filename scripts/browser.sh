#!/bin/sh
# A browser for the browser tests: the one that is there, else Debian's when we may install it; else one line, and they are skipped.
set -eu
for name in chromium chromium-browser google-chrome; do
    if command -v "$name" >/dev/null 2>&1; then
        exit 0
    fi
done
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing Chromium for the browser tests."
    export DEBIAN_FRONTEND=noninteractive
    if { apt-get update -qq && apt-get install -y -qq --no-install-recommends chromium; } >/dev/null 2>&1 && chromium --version >/dev/null 2>&1; then
        exit 0
    fi
fi
echo "No Chromium here, so the browser tests are skipped; \`apt install chromium\` brings it." >&2
