#!/usr/bin/env bash
# Makes the archive of a release from a checkout that "mvn package" or "mvn verify" has built, with bill of materials and sums.
# Usage: tools/distribution.sh VERSION OUTPUT-DIRECTORY
set -euo pipefail
cd "$(dirname "$0")/.."

version=${1:?VERSION is missing}
mkdir -p "${2:?OUTPUT-DIRECTORY is missing}"
out=$(cd "$2" && pwd)
name=tokensync-$version

for built in cli/target/lib target/bom.json; do
  [[ -e $built ]] || { echo "$built is missing: run mvn -B verify first" >&2; exit 1; }
done

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/$name"
cp tokensync LICENSE README.md CHANGELOG.md SECURITY.md "$work/$name"
cp -r docs deploy "$work/$name"
cp -r cli/target/lib "$work/$name/lib"

# What tests and benchmarks need is no part of the product.
if leaked=$(find "$work/$name/lib" -regex '.*/\(test-kit\|tds-test-server\|benchmarks\|junit\|assertj\|awaitility\|archunit\)[^/]*' | grep .); then
  echo "these do not belong into the distribution:" >&2
  echo "$leaked" >&2
  exit 1
fi

# The same sources give the same archive.
time=$(sed -n 's:.*<project.build.outputTimestamp>\(.*\)</.*:\1:p' pom.xml)
tar --create --sort=name --mtime="$time" --owner=0 --group=0 --numeric-owner --mode='u+rw,go=u-w' -C "$work" "$name" \
  | gzip --no-name --best > "$out/$name.tar.gz"
cp target/bom.json "$out/$name.bom.json"
(cd "$out" && sha256sum "$name.tar.gz" "$name.bom.json" > SHA256SUMS)
ls -l "$out"
