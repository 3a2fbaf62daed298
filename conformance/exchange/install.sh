#!/usr/bin/env bash
# Installs others' tools for the exchange, outside the repository: $SAPAN_CONFORMANCE_TOOLS/exchange, or
# sapan-conformance/exchange in the user's cache. What is there already is left as it is.
#   PyPI            sslyze, tuspy
#   Maven Central   ph-asic, where mvn and javac are (conformance/documents/install.sh lays them)
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
echo "install: sslyze and tuspy are ready in $folder"

if ! command -v mvn >/dev/null || ! command -v javac >/dev/null; then
  echo "install: ph-asic needs mvn and javac: run conformance/documents/install.sh first" >&2
  exit 1
fi
if ! cmp -s "$here/asic/pom.xml" "$folder/asic/pom.xml" || ! cmp -s "$here/asic/Asic.java" "$folder/asic/Asic.java"; then
  mvn -q -B -Dstyle.color=never -f "$here/asic/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$folder/asic/lib"
  javac -cp "$folder/asic/lib/*" -d "$folder/asic/classes" "$here/asic/Asic.java"
  cp "$here/asic/pom.xml" "$here/asic/Asic.java" "$folder/asic/"
fi
echo "install: ph-asic is ready in $folder/asic"
