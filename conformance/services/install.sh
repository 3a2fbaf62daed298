#!/usr/bin/env bash
# Installs others' tools for services, outside the repository: $SAPAN_CONFORMANCE_TOOLS/services, or
# sapan-conformance/services in the user's cache. What is there already is left as it is.
#   PyPI          pySHACL, schemathesis, zxing-cpp
#   npm           promptparse, emvco-qr-sdk (without their install scripts)
#   SEMIC         the SHACL shapes of CPSV-AP (CC BY 4.0)
#   SAPAN_CPSV_SOURCE  where its repository is, by address or path (SEMIC's own by itself)
#   SAPAN_CPSV_COMMIT  which of it
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
folder="${SAPAN_CONFORMANCE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sapan-conformance}/services"
source="${SAPAN_CPSV_SOURCE:-https://github.com/SEMICeu/CPSV-AP.git}"
commit="${SAPAN_CPSV_COMMIT:-e37f5e1991cd89772165bed7d42fd64cdea8c2d4}"

for needed in git npm python3; do
  command -v "$needed" >/dev/null || { echo "install: $needed is missing, to be installed by hand" >&2; exit 1; }
done
mkdir -p "$folder/npm"
if ! cmp -s "$here/requirements.txt" "$folder/requirements.txt"; then
  [ -x "$folder/venv/bin/python" ] || python3 -m venv "$folder/venv"
  "$folder/venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$folder/requirements.txt"
fi
if ! cmp -s "$here/package.json" "$folder/npm/package.json" || [ ! -d "$folder/npm/node_modules" ]; then
  cp "$here/package.json" "$folder/npm/package.json"
  npm install --prefix "$folder/npm" --silent --ignore-scripts --no-package-lock
fi
if ! grep -qs "$commit" "$folder/cpsv-ap/version"; then
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  git clone -q --no-checkout "$source" "$work/cpsv-ap"
  mkdir -p "$folder/cpsv-ap"
  git -C "$work/cpsv-ap" show "$commit:releases/3.2.0/shacl/cpsv-ap-SHACL.ttl" > "$folder/cpsv-ap/cpsv-ap-SHACL.ttl"
  echo "3.2.0 ($commit)" > "$folder/cpsv-ap/version"
fi
echo "install: pySHACL, schemathesis, zxing-cpp, promptparse, emvco-qr-sdk and the shapes of CPSV-AP are ready in $folder"
