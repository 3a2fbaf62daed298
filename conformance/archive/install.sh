#!/usr/bin/env bash
# Lays two S3 stores outside the repository and outside the system: PyPI's moto (with boto3, the client of AWS) and versitygw from its
# Go module. $SAPAN_CONFORMANCE_TOOLS/archive, or sapan-conformance/archive in the user's cache.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
folder="${SAPAN_CONFORMANCE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sapan-conformance}/archive"

for needed in python3 go; do
  command -v "$needed" >/dev/null || { echo "install: $needed is missing" >&2; exit 1; }
done
mkdir -p "$folder"
if ! cmp -s "$here/requirements.txt" "$folder/requirements.txt"; then
  [ -x "$folder/venv/bin/python" ] || python3 -m venv "$folder/venv"
  "$folder/venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$folder/requirements.txt"
fi
if [ ! -x "$folder/go/versitygw" ]; then
  GOBIN="$folder/go" go install github.com/versity/versitygw/cmd/versitygw@v1.8.0
fi
echo "install: moto, boto3 and versitygw are ready in $folder"
