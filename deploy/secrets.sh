#!/usr/bin/env bash
# Makes the passwords of docker-compose.yml that are not there yet, in the directory secrets of the checkout: random, 32 letters and
# digits of three kinds, as SQL Server wants them. Nobody else may enter the directory; the files in it are readable, because each
# container reads its own under a user of its own.
set -euo pipefail

directory=${1:-$(dirname "${BASH_SOURCE[0]}")/../secrets}
mkdir -p "$directory"
chmod 700 "$directory"
for name in sa sql-migrator sql-writer sql-auditor grafana-admin; do
  [[ -s $directory/$name ]] && continue
  password=$(head -c 512 /dev/urandom | LC_ALL=C tr -dc 'A-Za-z0-9' | cut -c 1-29)
  (umask 022 && printf '%sAa1' "$password" > "$directory/$name")
done
echo "the passwords are in $directory; SQL Server keeps those of its first start: remove its volume when you remove them"
