#!/usr/bin/env bash
# Tries what "mvn -Pdist package" has made on machines that have nothing: the archive without a JDK on the PATH, the package in
# a bare Debian. Usage: deploy/package/test/test.sh [DIRECTORY-OF-THE-PACKAGES]   (as root; needs debootstrap)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
packages=$(cd "${1:-$here/../assembly/target}" && pwd)
archive=$(ls "$packages"/tokensync-*-linux-x64.tar.gz)
deb=$(ls "$packages"/tokensync_*_amd64.deb)
units=$here/../assembly/src/systemd

if [[ ${INSIDE:-} != yes ]]; then # what is mounted, and what goes on running, ends with this script
  if [[ $(id -u) != 0 ]] || ! unshare --mount --pid --fork true 2>/dev/null; then
    echo "SKIPPED: the test of the packages needs root and namespaces"
    exit 0
  fi
  INSIDE=yes exec unshare --mount --pid --fork --kill-child --mount-proc "$0" "$packages"
fi

work=$(mktemp -d)
trap 'umount "$work/root/proc" 2>/dev/null || true; rm -rf "$work"' EXIT
fail() { echo "FAILED: $*" >&2; exit 1; }
step() { printf '%4ds  %s\n' "$SECONDS" "$*"; }
eventually() { # runs the rest until it succeeds, for at most so many seconds
  local end=$((SECONDS + $1)); shift
  until "$@"; do [[ $SECONDS -lt $end ]] || return 1; sleep 0.3; done
}

bare() { env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C "$@"; }
debian() { chroot "$work/root" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive "$@"; }

# ---- The archive ----------------------------------------------------------------------------------------------------------

mkdir "$work/try"
tar -xzf "$archive" -C "$work/try" --strip-components=1
bare "$work/try/tokensync" version | grep -q '^tokensync ' || fail "the archive says no version"
for stage in scanner enricher writer monitor; do
  list=$(tr ':' '\n' < "$work/try/lib/$stage.classpath" | sed 's:LIB/::')
  for jar in $list; do [[ -f $work/try/lib/$jar ]] || fail "$stage wants $jar, which is not there"; done
  if grep -E '^(kafka-server|kafka_|kafka-metadata|kafka-storage|scala|rocksdb|embedded-kafka|node-simulator|standalone|test-kit|tds-)' <<< "$list"; then
    fail "$stage has these on its class path and does not need them"
  fi
  for other in scanner-agent ipfs-enricher sql-writer sync-monitor; do
    case "$stage:$other" in scanner:scanner-agent | enricher:ipfs-enricher | writer:sql-writer | monitor:sync-monitor) continue ;; esac
    ! grep -q "^$other-" <<< "$list" || fail "$stage has $other on its class path"
  done
  bare "$work/try/tokensync" "$stage" --config "$work/try/config/$stage.yaml" --check-config | grep -q kafka.bootstrap-servers \
    || fail "$stage does not accept its example"
  bare "$work/try/tokensync" "$stage" --nonsense 2> "$work/nonsense" && fail "$stage accepts --nonsense"
  grep -q "Unknown option: '--nonsense'" "$work/nonsense" || fail "$stage says of a wrong option: $(cat "$work/nonsense")"
done
bare bash -c ". '$work/try/share/tokensync.bash' && complete -p tokensync" > /dev/null || fail "no completion"
step "the archive runs, each stage with its own class path"
bare TOKENSYNC_JAVA_OPTS=-XX:AOTMode=off "$work/try/tokensync" demo --nodes 2 --tokens 200 --dir "$work/demo" > "$work/demo.log" 2>&1 \
  || fail "the demo: $(cat "$work/demo.log")"
grep -q '^the table is the truth' "$work/demo.log" || fail "the demo proves nothing: $(cat "$work/demo.log")"
! grep -E 'ERROR|Exception|Log4j' "$work/demo.log" || fail "the demo says more than it should"
step "everything in one process runs: broker, stages, database"

if command -v systemd-analyze > /dev/null; then
  for unit in "$units"/*.service; do
    systemd-analyze security --offline=true --threshold=20 "$unit" > "$work/security" 2>&1 \
      || fail "$(tail -n 1 "$work/security")"
  done
  step "no unit is exposed more than 2.0"
else
  echo "SKIPPED: there is no systemd-analyze"
fi
if command -v lintian > /dev/null; then
  lintian --fail-on error --allow-root --tag-display-limit 0 "$deb" > "$work/lintian" 2>&1 || fail "lintian: $(grep '^E' "$work/lintian")"
  step "lintian finds no error"
else
  echo "SKIPPED: there is no lintian"
fi

# ---- The package ----------------------------------------------------------------------------------------------------------

if ! command -v debootstrap > /dev/null \
  || ! debootstrap --variant=minbase --include=adduser bookworm "$work/root" http://deb.debian.org/debian > "$work/debootstrap" 2>&1; then
  echo "SKIPPED: debootstrap cannot make a bare Debian"
  exit 0
fi
mount -t proc proc "$work/root/proc"
step "a bare Debian is there"

# The same package with a lower number is the previous release.
dpkg-deb -R "$deb" "$work/previous"
version=$(dpkg-deb -f "$deb" Version)
sed -i 's/^Version: .*/Version: 0.0.1/' "$work/previous/DEBIAN/control"
dpkg-deb --root-owner-group -Znone -b "$work/previous" "$work/root/previous.deb" > /dev/null
rm -rf "$work/previous"
cp "$deb" "$work/root/tokensync.deb"
! debian sh -c 'command -v java || command -v mvn' || fail "the bare Debian has a JDK"
debian dpkg -i /previous.deb > "$work/install" 2>&1 || fail "install: $(cat "$work/install")"
[[ $(debian stat -c '%U:%G %a' /etc/tokensync/writer.yaml) == 'root:tokensync 640' ]] || fail "configurations are open"
[[ $(debian stat -c '%U:%G %a' /var/lib/tokensync) == 'tokensync:tokensync 750' ]] || fail "the state directory is open"
[[ -z $(find "$work/root/etc/systemd" -name 'tokensync*') ]] || fail "a unit is enabled before it is configured"
debian tokensync version > /dev/null || fail "/usr/bin/tokensync does not run"
step "installed"

# A broker outside, and a node that only its group may read.
jdk=
for java in "${JAVA_HOME:-/none}/bin/java" /usr/lib/jvm/*/bin/java /opt/*jdk*/bin/java /opt/java/*/bin/java; do
  if [[ -x $java && $("$java" -version 2>&1 | sed -n '1s/[^"]*"\([0-9]*\).*/\1/p') -ge 25 ]]; then jdk=$java; break; fi
done
[[ -n $jdk ]] || fail "there is no JDK 25 to start the broker with"
coproc BROKER { exec "$jdk" -Xmx512m -XX:TieredStopAtLevel=1 -cp "$work/try/lib/*" "$here/Broker.java" "$work/kafka" 2> "$work/broker.log"; }
read -r -t 60 -u "${BROKER[0]}" address || fail "no broker: $(cat "$work/broker.log")"
records=0
count() { # how many records there are, into the variable: a subshell would not have the descriptors
  echo >&"${BROKER[1]}"
  read -r -t 20 -u "${BROKER[0]}" records || fail "the broker is gone: $(cat "$work/broker.log")"
}
bare "$work/try/tokensync" simulate --out "$work/root/srv/nodes" --nodes 2 --tokens 40 --seed 7 > /dev/null
debian groupadd --system rubix
debian chown -R root:rubix /srv/nodes
debian chmod -R u=rwX,g=rX,o= /srv/nodes
nodes() { (cd "$work/root/srv/nodes" && find . -type f -print0 | sort -z | xargs -0 sha256sum); }
nodes > "$work/nodes"
sed -i "s/kafka.example.com:9092/$address/; s:/datadrive/Rubix:/srv/nodes:" "$work/root/etc/tokensync/scanner.yaml"

command_of() { sed -n "s/^$1=//p" "$units/tokensync-scanner.service"; }
rubix=$(debian getent group rubix | cut -d: -f3)
as_unit=(chroot --userspec=tokensync:tokensync --groups="$rubix" "$work/root" env -i PATH=/usr/bin:/bin
  NOTIFY_SOCKET=/var/lib/tokensync/notify WATCHDOG_USEC=3000000)
read -r -a check <<< "$(command_of ExecStartPre)"
read -r -a start <<< "$(command_of ExecStart)"
cat > "$work/root/listen" <<'PERL'
use Socket;
socket(my $s, AF_UNIX, SOCK_DGRAM, 0) or die $!;
bind($s, pack_sockaddr_un("/var/lib/tokensync/notify")) or die $!;
chmod 0666, "/var/lib/tokensync/notify";
$| = 1;
while (defined recv($s, my $message, 4096, 0)) { print $message }
PERL
debian perl /listen > "$work/notified" &
eventually 10 test -S "$work/root/var/lib/tokensync/notify" || fail "nobody listens"

"${as_unit[@]}" "${check[@]}" > "$work/checked" 2>&1 || fail "ExecStartPre: $(cat "$work/checked")"
"${as_unit[@]}" "${start[@]}" > "$work/agent.log" 2>&1 &
agent=$!
flows() { count; [[ $records -gt 0 ]]; }
eventually 60 flows || fail "no record arrives: $(cat "$work/agent.log")"
eventually 20 grep -q '^READY=1' "$work/notified" || fail "systemd does not hear that it is ready: $(cat "$work/notified")"
eventually 20 grep -q '^WATCHDOG=1' "$work/notified" || fail "the watchdog is not fed"
step "records of a node that only a group may read are on the broker; the unit is ready"
kill -TERM "$agent"
ended=0
wait "$agent" || ended=$?
[[ $ended == 143 ]] || fail "SIGTERM ends it with $ended: $(tail -n 5 "$work/agent.log")"
eventually 5 grep -q '^STOPPING=1' "$work/notified" || fail "systemd does not hear of the end"
nodes | diff - "$work/nodes" || fail "something of the nodes was written"

once() {
  local code=0
  "${as_unit[@]}" "${start[@]}" --once > "$work/once.log" 2>&1 || code=$?
  [[ $code == 0 || $code == 3 ]] || fail "$1: $(cat "$work/once.log")" # 3: the simulated nodes have flawed rows
  count
}
once "a second scan"
before=$records
debian dpkg -i /tokensync.deb > "$work/upgrade" 2>&1 || fail "upgrade: $(cat "$work/upgrade")"
[[ $(debian dpkg-query -W -f '${Version}' tokensync) == "$version" ]] || fail "not upgraded"
grep -q "$address" "$work/root/etc/tokensync/scanner.yaml" || fail "the upgrade has lost what was edited"
once "after the upgrade"
[[ $records == "$before" ]] || fail "the upgrade has lost the state: $records records after $before"
step "upgraded, with state and configuration kept"

debian dpkg -r tokensync > "$work/remove" 2>&1 || fail "remove: $(cat "$work/remove")"
[[ ! -e $work/root/usr/lib/tokensync && ! -e $work/root/usr/bin/tokensync ]] || fail "left behind: $(find "$work/root/usr/lib/tokensync")"
[[ -e $work/root/etc/tokensync/scanner.yaml && -d $work/root/var/lib/tokensync/scanner ]] || fail "removing is no purging"
debian dpkg -P tokensync > "$work/purge" 2>&1 || fail "purge: $(cat "$work/purge")"
[[ ! -e $work/root/etc/tokensync && ! -e $work/root/var/lib/tokensync ]] || fail "purged, but something is left"
step "removed and purged"
