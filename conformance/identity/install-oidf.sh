#!/usr/bin/env bash
# Builds the OpenID Foundation's conformance suite, outside the repository: $SAPAN_CONFORMANCE_TOOLS/oidf, or
# sapan-conformance/oidf in the user's cache. Some minutes, 1 GB of disk meanwhile. What is there already is left as it is.
#   SAPAN_OIDF_SOURCE  where its source is: a git repository by address or path (the Foundation's own by itself)
#   SAPAN_OIDF_COMMIT  which of it (the one that OIDF.md speaks of, by itself)
#   JAVA_HOME          a JDK, 21 or later; else the newest in /usr/lib/jvm
set -euo pipefail
here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
folder="${SAPAN_CONFORMANCE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sapan-conformance}/oidf"
source="${SAPAN_OIDF_SOURCE:-https://gitlab.com/openid/conformance-suite.git}"
commit="${SAPAN_OIDF_COMMIT:-12f2a4dac6462f8a4e95968bc7e478e02881e1a7}"

for needed in git mvn python3 openssl; do
  command -v "$needed" >/dev/null || { echo "install: $needed is missing, to be installed by hand" >&2; exit 1; }
done
if [ -f "$folder/fapi-test-suite.jar" ] && grep -q "$commit" "$folder/version" 2>/dev/null; then
  echo "install: the suite is ready in $folder"
  exit 0
fi

release() { "$1/bin/javac" --version 2>/dev/null | sed -E 's/^javac ([0-9]+).*/\1/'; }
for jdk in "${JAVA_HOME:-}" $(ls -d /usr/lib/jvm/*/ 2>/dev/null | sort -rV); do
  [ -n "$jdk" ] && [ "$(release "$jdk")" -ge 21 ] 2>/dev/null && { export JAVA_HOME="${jdk%/}"; found=yes; break; }
done
[ "${found:-}" = yes ] || { echo 'install: a JDK, 21 or later, is missing (JAVA_HOME)' >&2; exit 1; }

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
echo "install: building $commit from $source with $JAVA_HOME"
git clone -q --no-checkout "$source" "$work/suite"
git -C "$work/suite" checkout -q "$commit"
# Written in Kotlin is only what trim.py takes out.
rm -rf "$work/suite/src/main/kotlin"
python3 "$here/oidf/trim.py" "$work/suite"
skip=(-Dmaven.test.skip -Dpmd.skip -Dcheckstyle.skip -Djacoco.skip -Dmaven.gitcommitid.skip=true -Denforcer.skip)
(cd "$work/suite" && mvn -q -B -ntp "${skip[@]}" package)
mkdir -p "$folder/mongo"
mvn -q -B -ntp -f "$here/oidf/pom.xml" dependency:copy-dependencies -DoutputDirectory="$folder/mongo"
cp "$work/suite/target/fapi-test-suite.jar" "$folder/fapi-test-suite.jar"
version="$(sed -n 's/^fintechlabs.version=//p' "$work/suite/src/main/resources/application.properties")"
echo "$version ($commit)" > "$folder/version"
echo "$JAVA_HOME/bin/java" > "$folder/java"
echo "install: the suite $version is ready in $folder"
