#!/usr/bin/env bash
# Installs another's tool for the exchange, outside the repository: $SAPAN_CONFORMANCE_TOOLS/exchange, or
# sapan-conformance/exchange in the user's cache. What is there already is left as it is.
#   PyPI          sslyze
# Schemathesis and EU DSS are those of conformance/services and conformance/documents.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
folder="${SAPAN_CONFORMANCE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sapan-conformance}/exchange"

command -v python3 >/dev/null || { echo "install: python3 is missing, to be installed by hand" >&2; exit 1; }
mkdir -p "$folder"
if ! cmp -s "$here/requirements.txt" "$folder/requirements.txt"; then
  [ -x "$folder/venv/bin/python" ] || python3 -m venv "$folder/venv"
  "$folder/venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$folder/requirements.txt"
fi
echo "install: sslyze is ready in $folder"
