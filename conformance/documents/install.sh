#!/usr/bin/env bash
# Installs other people's document tools, all outside the repository, and says what it did:
#   Debian, Ubuntu   Java 17, Maven, poppler-utils (pdfsig), qpdf, openssl, softhsm2, opensc   (only what is missing, and only as root)
#   Maven Central    veraPDF, EU DSS
#   PyPI             pyHanko, with its public test files
# Into $SAPAN_CONFORMANCE_TOOLS, or sapan-conformance in the user's cache. What is there already is left as it is.
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
tools="${SAPAN_CONFORMANCE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sapan-conformance}"
mkdir -p "$tools"

say() { echo "install: $*"; }

from_debian() {
  local missing=()
  command -v javac >/dev/null || missing+=(openjdk-17-jdk-headless)
  command -v mvn >/dev/null || missing+=(maven)
  command -v pdfsig >/dev/null || missing+=(poppler-utils)
  command -v qpdf >/dev/null || missing+=(qpdf)
  command -v openssl >/dev/null || missing+=(openssl)
  command -v softhsm2-util >/dev/null || missing+=(softhsm2)
  command -v pkcs11-tool >/dev/null || missing+=(opensc)
  command -v python3 >/dev/null || missing+=(python3 python3-venv)
  if [ ${#missing[@]} -eq 0 ]; then
    say 'java, mvn, pdfsig, qpdf, openssl, softhsm2, opensc and python3 are here'
  elif [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    apt-get install -y -qq "${missing[@]}" >/dev/null
    say "installed ${missing[*]}"
  else
    say "missing, to be installed by hand: ${missing[*]}"
  fi
}

# from_maven NAME MAIN: the jars of NAME/pom.xml, and MAIN.java compiled against them.
from_maven() {
  local name="$1" main="$2" folder="$tools/$1"
  if ! cmp -s "$here/$name/pom.xml" "$folder/pom.xml"; then
    rm -rf "$folder/lib"
    mvn -q -B -Dstyle.color=never -f "$here/$name/pom.xml" dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory="$folder/lib"
    cp "$here/$name/pom.xml" "$folder/pom.xml"
    say "$name: $(find "$folder/lib" -name '*.jar' | wc -l) jars into $folder/lib"
  fi
  if [ "$here/$name/$main.java" -nt "$folder/classes/$main.class" ]; then
    javac -cp "$folder/lib/*" -d "$folder/classes" "$here/$name/$main.java"
    say "$name: compiled $main.java"
  fi
  say "$name is ready"
}

from_pypi() {
  local folder="$tools/pyhanko"
  if ! cmp -s "$here/pyhanko/requirements.txt" "$folder/requirements.txt"; then
    [ -x "$folder/bin/python" ] || python3 -m venv "$folder"
    "$folder/bin/pip" install -q --disable-pip-version-check -r "$here/pyhanko/requirements.txt"
    cp "$here/pyhanko/requirements.txt" "$folder/requirements.txt"
    say "pyhanko: $("$folder/bin/pip" list 2>/dev/null | grep -ci hanko) packages of it into $folder"
  fi
  say 'pyhanko is ready'
}

# pyHanko's tests make most of their files as they run: record.py keeps each that they judge, with their verdict.
test_files() {
  local source="$tools/pyhanko-tests" files="${SAPAN_PYHANKO_FILES:-$tools/pyhanko-files}"
  if [ ! -d "$source/tests" ]; then
    local version
    version="$(sed -n 's/^pyHanko.*==//p' "$here/pyhanko/requirements.txt")"
    mkdir -p "$source"
    "$tools/pyhanko/bin/pip" download -q --disable-pip-version-check --no-deps --no-binary :all: -d "$source" "pyHanko==$version"
    tar xzf "$source"/pyhanko-*.tar.gz -C "$source" --strip-components=1
    say "pyhanko: source distribution $version into $source"
  fi
  if [ ! -f "$files/complete" ]; then
    say 'pyhanko: recording the files of its tests, some minutes'
    rm -rf "$files"
    local tests=()
    for name in diff_analysis pades signing seed_values fields cms sign_encrypted; do tests+=("tests/test_$name.py"); done
    (cd "$source" && SAPAN_RECORD="$files" PYTHONPATH="$here/pyhanko:." \
      "$tools/pyhanko/bin/python" -m pytest -q -p record -o log_cli=false --no-header "${tests[@]}" | tail -1) || true
    # A run that was cut off recorded nothing, or a part: the next one begins anew.
    [ -s "$files/verdicts.jsonl" ] || { say 'pyhanko: its tests recorded nothing: run this again'; return 1; }
    touch "$files/complete"
  fi
  say "pyhanko: $(wc -l <"$files/verdicts.jsonl") verdicts on $(find "$files" -name '*.pdf' | wc -l) files in $files"
}

from_debian
from_maven verapdf VeraPdf
from_maven dss Dss
from_pypi
[ "${1:-}" = '--without-test-files' ] || test_files
