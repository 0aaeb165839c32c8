#!/usr/bin/env bash
# Install what package-lock.json names for the pages: the components' style sheets, joined into one file, and pdf.js, which shows
# the page of a PDF. The pages work without either; then our own style sheet and the browser do the work.
# Usage: scripts/assets.sh [npm command]
set -euo pipefail
cd "$(dirname "$0")/.."
npm="${1:-npm}"
vendor=assistant/web/static/vendor

"$npm" ci --ignore-scripts --omit=dev --omit=optional --no-audit --no-fund --loglevel=error

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

# The build for browsers of some years old; only the page that shows a PDF loads it. The fonts are for PDFs that bring none of their own.
pdf="$vendor/pdfjs"
rm -rf "$pdf.new"
mkdir -p "$pdf.new/fonts"
cp node_modules/pdfjs-dist/legacy/build/pdf.min.mjs node_modules/pdfjs-dist/legacy/build/pdf.worker.min.mjs node_modules/pdfjs-dist/LICENSE "$pdf.new/"
cp node_modules/pdfjs-dist/standard_fonts/* "$pdf.new/fonts/"
rm -rf "$pdf"
mv "$pdf.new" "$pdf"
echo "$(wc -c < "$vendor/utrecht.css") bytes of style sheets in $vendor"
