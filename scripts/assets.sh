#!/usr/bin/env bash
# Install the components' style sheets from package-lock.json and join them into one file for the pages.
# The pages work without it; then our own style sheet does all the work. Usage: scripts/assets.sh [npm command]
set -euo pipefail
cd "$(dirname "$0")/.."
npm="${1:-npm}"
vendor=assistant/web/static/vendor

"$npm" ci --ignore-scripts --omit=dev --no-audit --no-fund --loglevel=error

mkdir -p "$vendor"
joined="$vendor/utrecht.css.new"
{
  echo "/* Components of the Utrecht design system, joined by scripts/assets.sh. Licence EUPL-1.2, see LICENSE.md beside this file."
  echo "   Copyright (c) Frameless B.V., Gemeente Utrecht. */"
  # Named in package.json and nowhere else; sorted, since no component depends on another's order.
  for folder in node_modules/@utrecht/*-css; do
    cat "$folder/dist/index.min.css"
    echo
  done
} > "$joined"
cp node_modules/@utrecht/button-css/LICENSE.md "$vendor/LICENSE.md"
mv "$joined" "$vendor/utrecht.css"
echo "$(wc -c < "$vendor/utrecht.css") bytes of style sheets in $vendor"
