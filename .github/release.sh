#!/usr/bin/env bash
# Builds the programs of a release: one static file for each system, and their
# SHA-256. Whoever runs this on the same sources with the same Go gets the same
# bytes, wherever the sources lie: no path, time or name of a machine is in them.
#
#   .github/release.sh v1.2.3 [SYSTEM …]     SYSTEM as linux/amd64; default: all below
#
# `go version -m FILE` shows what a program was built of.
set -euo pipefail
cd "$(dirname "$0")/.."

version=${1:?the version, such as v1.2.3}
shift
[ $# -gt 0 ] || set -- linux/amd64 linux/arm64 darwin/amd64 darwin/arm64 windows/amd64
out=${OUT:-dist}
mkdir -p "$out"

# What could make a difference is set here, not taken from who happens to build.
export CGO_ENABLED=0 GOAMD64=v1 GOARM64=v8.0 GOEXPERIMENT='' GOFLAGS=''
for system in "$@"; do
  name=faultbook-$version-${system%/*}-${system#*/}
  [ "${system%/*}" != windows ] || name=$name.exe
  GOOS=${system%/*} GOARCH=${system#*/} go build -trimpath -buildvcs=false -ldflags "-s -w -buildid= -X main.stamp=$version" -o "$out/$name" ./cmd/faultbook
done
cd "$out"
sha256sum faultbook-"$version"-* | tee SHA256SUMS
go version
