#!/usr/bin/env bash
# Builds Babelfish, a PostgreSQL that speaks SQL Server's protocol and language, from its sources into
# $SAPAN_CONFORMANCE_TOOLS/connect/babelfish, or sapan-conformance/connect/babelfish in the user's cache. Takes about ten minutes.
# BABELFISH_FROM: where its two repositories are, in place of GitHub; what stands after a slash there is their name.
set -euo pipefail
folder="${SAPAN_CONFORMANCE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sapan-conformance}/connect/babelfish"
from="${BABELFISH_FROM:-https://github.com/babelfish-for-postgresql}"
version=BABEL_4_2_0
antlr="$HOME/.m2/repository/org/antlr/antlr4/4.9/antlr4-4.9-complete.jar"
packages=(bison flex cmake g++ libantlr4-runtime-dev libicu-dev libxml2-dev libossp-uuid-dev libssl-dev libkrb5-dev pkg-config)

[ -e "$folder/ready" ] && { echo "install: Babelfish is ready in $folder"; exit 0; }
for needed in git make mvn bison flex cmake g++; do
  command -v "$needed" >/dev/null || { echo "install: $needed is missing (Debian: apt-get install maven ${packages[*]})" >&2; exit 1; }
done
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
sources() { # REPOSITORY FOLDER TAG
  git init -q "$work/$2"
  git -C "$work/$2" fetch -q --depth 1 "$from/$1" "refs/tags/$3"
  git -C "$work/$2" checkout -q FETCH_HEAD
}
sources postgresql_modified_for_babelfish postgresql "${version}__PG_16_3"
sources babelfish_extensions extensions "$version"
[ -f "$antlr" ] || mvn -q dependency:get -Dartifact=org.antlr:antlr4:4.9:jar:complete

cd "$work/postgresql"
./configure -q --prefix="$folder" --without-readline --without-zlib --with-libxml --with-uuid=ossp --with-icu --with-openssl CFLAGS=-O1
make -s -j2 && make -s install && make -s -C contrib/uuid-ossp install

cd "$work/extensions/contrib"
export PG_CONFIG="$folder/bin/pg_config" PG_SRC="$work/postgresql" cmake
cmake="$(command -v cmake)"
# Debian has the runtime 4.9, so the parser is made by that version of the tool too; it lies elsewhere than its authors' own.
cp "$antlr" babelfishpg_tsql/antlr/thirdparty/antlr/antlr-4.9.3-complete.jar
sed -i 's/-O2 -ggdb/-O1/; s#/usr/local/include#/usr/include#' babelfishpg_tsql/antlr/CMakeLists.txt
sed -i "s#/usr/local/include#/usr/include#; s#/usr/local/lib#/usr/lib/$(uname -m)-linux-gnu#; s/-g -Werror/-O1/" babelfishpg_tsql/Makefile
for extension in babelfishpg_money babelfishpg_common babelfishpg_tds; do make -s -j2 -C "$extension" install COPT=-fcommon; done
make -s -j2 -C babelfishpg_tsql antlr/libantlr_tsql.a
make -s -j2 -C babelfishpg_tsql all COPT=-fcommon
make -s -C babelfishpg_tsql install COPT=-fcommon
touch "$folder/ready"
echo "install: Babelfish is ready in $folder"
