#!/usr/bin/env bash
# Measures how much memory the packaged stages have resident: at most while each works at full speed, and when nothing has been
# left to do for a while. Usage: deploy/package/test/footprint.sh [TOKENS [DIRECTORY-OF-THE-PACKAGES]]   (200,000 tokens)
# The table is a SQLite file; what a driver of SQL Server needs on top is in docs/performance.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
tokens=${1:-200000}
archive=$(ls "${2:-$here/../assembly/target}"/tokensync-*-linux-x64.tar.gz)
stages=(scanner enricher writer monitor)
declare -A wanted=([scanner]=150 [enricher]=250 [writer]=350 [monitor]=250) pid peak
now=

work=$(mktemp -d)
trap 'kill $(jobs -p) 2>/dev/null || true; wait' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }

mkdir "$work/try" "$work/data"
tar -xzf "$archive" -C "$work/try" --strip-components=1
tokensync=$work/try/tokensync
"$work/try/runtime/bin/java" -XX:+UseCompactObjectHeaders -XX:+UseSerialGC -Xlog:disable -Xshare:dump # as the package does at its installation
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

of_process() { sed -n "s/^$1:[[:space:]]*\([0-9]*\) kB/\1/p" "/proc/$2/status"; }
moved() { # into the variable "now": what is in the topics and in the table; a subshell would not have the descriptors
  echo >&"${BROKER[1]}"
  read -r -t 20 -u "${BROKER[0]}" now || fail "the broker is gone: $(cat "$work/broker.log")"
  now+=" $("$tokensync" query --data "$work/data" --format csv 'SELECT COUNT(*) FROM TokenRecords' | tail -n 1 | tr -d '\r')"
}
run() { # starts a stage, and waits until nothing has moved for a while
  local begin=$SECONDS before=
  "$tokensync" "$1" --config "$work/$1.yaml" > "$work/$1.log" 2>&1 &
  pid[$1]=$!
  moved
  until [[ $now == "$before" && $((SECONDS - begin)) -gt 15 ]]; do
    [[ $((SECONDS - begin)) -lt 900 ]] || fail "$1 is not done within 900 s"
    kill -0 "${pid[$1]}" || fail "$1 has ended: $(tail -n 5 "$work/$1.log")"
    before=$now
    sleep 6
    moved
  done
}
# One after the other: each finds all the work of the one before, and does it as fast as it can. The monitor, whose work is
# what the others say, runs beside all of them.
"$tokensync" monitor --config "$work/monitor.yaml" > "$work/monitor.log" 2>&1 &
pid[monitor]=$!
for stage in scanner enricher writer; do run "$stage"; done
for stage in "${stages[@]}"; do peak[$stage]=$(of_process VmHWM "${pid[$stage]}"); done
echo "${now#* } rows"
sleep 60
printf '%-10s %12s %12s %14s\n' stage 'at most, MB' 'idle, MB' 'wanted, MB'
for stage in "${stages[@]}"; do
  printf '%-10s %12d %12d %14d\n' "$stage" $((${peak[$stage]} * 1024 / 1000000)) \
    $(($(of_process VmRSS "${pid[$stage]}") * 1024 / 1000000)) "${wanted[$stage]}"
done
