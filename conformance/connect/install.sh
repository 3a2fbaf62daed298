#!/usr/bin/env bash
# Lays Debian's MariaDB server outside the repository and outside the system, without installing it, and what is of PyPI beside it:
# $SAPAN_CONFORMANCE_TOOLS/connect, or sapan-conformance/connect in the user's cache.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
folder="${SAPAN_CONFORMANCE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sapan-conformance}/connect"
packages=(mariadb-server mariadb-server-core mariadb-client-core mariadb-common libaio1 libpmem1 libndctl6 libdaxctl1 libkmod2 libsnappy1v5 liburing2)

for needed in apt-get dpkg python3; do
  command -v "$needed" >/dev/null || { echo "install: $needed is missing: this lays Debian's and PyPI's packages" >&2; exit 1; }
done
if [ ! -x "$folder/mariadb/usr/sbin/mariadbd" ]; then
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && apt-get download -qq "${packages[@]}")
  mkdir -p "$folder"
  for package in "$work"/*.deb; do dpkg -x "$package" "$work/root"; done
  mv "$work/root" "$folder/mariadb"
fi
echo "install: MariaDB is ready in $folder/mariadb"
if ! cmp -s "$here/requirements.txt" "$folder/requirements.txt"; then
  [ -x "$folder/venv/bin/python" ] || python3 -m venv "$folder/venv"
  "$folder/venv/bin/pip" install -q --disable-pip-version-check -r "$here/requirements.txt"
  cp "$here/requirements.txt" "$folder/requirements.txt"
fi
echo "install: spyne, openpyxl and XlsxWriter are ready in $folder"
