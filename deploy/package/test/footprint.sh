#!/usr/bin/env bash
# Measures how much memory the packaged stages have resident: at most while all of them work at full speed, and when nothing has
# been left to do for a while. Usage: deploy/package/test/footprint.sh [TOKENS [DIRECTORY-OF-THE-PACKAGES]]   (200,000 tokens)
# The table is a SQLite file; what a driver of SQL Server needs on top is in docs/performance.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tokens=${1:-200000}
archive=$(ls "${2:-$here/../assembly/target}"/tokensync-*-linux-x64.tar.gz)
stages=(scanner enricher writer monitor)
declare -A wanted=([scanner]=150 [enricher]=250 [writer]=350 [monitor]=250) pid peak

work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

mkdir "$work/try" "$work/data"
tar -xzf "$archive" -C "$work/try" --strip-components=1
tokensync=$work/try/tokensync
for java in "${JAVA_HOME:-/none}/bin/java" /usr/lib/jvm/*/bin/java; do # one that runs a source file
  if [[ -x $java && $("$java" -version 2>&1 | sed -n '1s/[^"]*"\([0-9]*\).*/\1/p') -ge 25 ]]; then break; fi
done
coproc BROKER { exec "$java" -Xmx1g -cp "$work/try/lib/*" "$here/Broker.java" "$work/kafka" 12 2> "$work/broker.log"; }
read -r -t 60 -u "${BROKER[0]}" address || fail "no broker: $(cat "$work/broker.log")"
"$tokensync" simulate --out "$work/nodes" --machines 1 --nodes 20 --tokens "$tokens" > /dev/null

for stage in "${stages[@]}"; do
  cat > "$work/$stage.yaml" <<YAML
kafka.bootstrap-servers: $address
admin.port: 0
YAML
done
echo "scanner: {roots: [$work/nodes], state-dir: $work/state, source-ip: 10.0.0.1, interval: 5s}" >> "$work/scanner.yaml"
echo "writer.sql.url: jdbc:sqlite:$work/data/tokens.db" >> "$work/writer.yaml"
printf 'monitor.page.port: 0\nmonitor.sql.url: jdbc:sqlite:%s/data/tokens.db\n' "$work" >> "$work/monitor.yaml"
"$tokensync" schema migrate --config "$work/writer.yaml" > /dev/null

begin=$SECONDS
for stage in "${stages[@]}"; do
  "$tokensync" "$stage" --config "$work/$stage.yaml" > "$work/$stage.log" 2>&1 &
  pid[$stage]=$!
done
of_process() { sed -n "s/^$1:[[:space:]]*\([0-9]*\) kB/\1/p" "/proc/$2/status"; }
written() { "$tokensync" query --data "$work/data" --format csv 'SELECT COUNT(*) FROM TokenRecords' | tail -n 1 | tr -d '\r'; }
rows=-1
until [[ $rows -gt 0 && $(written) == "$rows" ]]; do # it stands still
  [[ $((SECONDS - begin)) -lt 900 ]] || fail "the table has $rows rows after 900 s"
  rows=$(written)
  sleep 5
  for stage in "${stages[@]}"; do kill -0 "${pid[$stage]}" || fail "$stage has ended: $(tail -n 5 "$work/$stage.log")"; done
done
for stage in "${stages[@]}"; do peak[$stage]=$(of_process VmHWM "${pid[$stage]}"); done
echo "$rows rows within $((SECONDS - begin)) s, broker and all stages on one machine"
sleep 60
printf '%-10s %12s %12s %14s\n' stage 'at most, MB' 'idle, MB' 'wanted, MB'
for stage in "${stages[@]}"; do
  printf '%-10s %12d %12d %14d\n' "$stage" $((${peak[$stage]} * 1024 / 1000000)) \
    $(($(of_process VmRSS "${pid[$stage]}") * 1024 / 1000000)) "${wanted[$stage]}"
done
