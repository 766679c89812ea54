#!/usr/bin/env bash
# Asks OSV, the open database of vulnerabilities, for every library of a bill of materials (CycloneDX, JSON), and fails when one
# has an entry that tools/vulnerabilities.accepted does not name. Needs curl and jq.
# Usage: tools/vulnerabilities.sh [BOM]   (TOKENSYNC_OSV: another address of the database)
set -euo pipefail
cd "$(dirname "$0")/.."

bom=${1:-target/bom.json}
[[ -f $bom ]] || { echo "$bom is missing: run mvn -B -DskipTests package first" >&2; exit 2; }

libraries=$(jq -c '[.components[] | select(.purl) | .purl | sub("[?#].*$"; "")] | unique' "$bom")
[[ $(jq length <<< "$libraries") -gt 0 ]] || { echo "$bom names no library" >&2; exit 2; }

answer=$(jq -c '{queries: [.[] | {package: {purl: .}}]}' <<< "$libraries" \
  | curl --silent --show-error --fail --retry 3 --max-time 60 --header 'Content-Type: application/json' --data @- \
    "${TOKENSYNC_OSV:-https://api.osv.dev}/v1/querybatch")
[[ $(jq '.results | length' <<< "$answer") == "$(jq length <<< "$libraries")" ]] \
  || { echo "the answer is not about each library" >&2; exit 2; }

# a line for each: the first word is the entry, the rest says why it does not concern this project
accepted=$(grep -v '^#' tools/vulnerabilities.accepted | cut -d' ' -f1 || true)
found=$(jq -r --argjson libraries "$libraries" --arg accepted "$accepted" '
  ($accepted | split("\n")) as $known
  | .results | to_entries[] | .key as $i | .value.vulns // [] | .[]
  | select(.id | IN($known[]) | not) | "\(.id) \($libraries[$i]) https://osv.dev/\(.id)"' <<< "$answer")
if [[ -n $found ]]; then
  echo "$found"
  echo "raise these libraries, or say in tools/vulnerabilities.accepted why an entry does not concern this project" >&2
  exit 1
fi
echo "no known vulnerability in $(jq length <<< "$libraries") libraries"
