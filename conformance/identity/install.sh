#!/usr/bin/env bash
# Installs another's OpenID client and token library in Python, outside the repository: a virtual environment in
# $SAPAN_CONFORMANCE_TOOLS, or sapan-conformance in the user's cache. What is there already is left as it is.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
folder="${SAPAN_CONFORMANCE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sapan-conformance}/authlib"

command -v python3 >/dev/null || { echo 'install: python3 with venv is missing, to be installed by hand' >&2; exit 1; }
if ! cmp -s "$here/requirements.txt" "$folder/requirements.txt"; then
  mkdir -p "$folder"
  [ -x "$folder/bin/python" ] || python3 -m venv "$folder"
  "$folder/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$folder/requirements.txt"
fi
echo "install: Authlib and jwcrypto are ready in $folder"
