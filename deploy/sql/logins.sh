#!/usr/bin/env bash
# For docker-compose.yml, in the image of SQL Server: "logins" makes the database, a login for each process and the right to make
# tables; "rights", when the tables are there, gives writer and auditor theirs. Both may be run again. The scripts of the
# roles are those of "tokensync schema grants".
set -euo pipefail

SQLCMDPASSWORD=$(cat /run/secrets/sa)
export SQLCMDPASSWORD

run() { # the certificate is the container's own, made at its first start: there is nothing to check it by
  /opt/mssql-tools18/bin/sqlcmd -C -b -S sql -U sa "$@"
}

login() { # name, file with its password: letters and digits, so that nothing in it has a meaning in SQL
  local password
  password=$(cat "$2")
  [[ $password =~ ^[A-Za-z0-9]{16,}$ ]] || { echo "$2 must have 16 or more letters and digits: deploy/secrets.sh makes one" >&2; exit 1; }
  # over standard input: arguments are seen by all users of a machine
  run <<SQL
IF SUSER_ID(N'$1') IS NULL CREATE LOGIN [$1] WITH PASSWORD = N'$password', DEFAULT_DATABASE = [tokensync];
ELSE ALTER LOGIN [$1] WITH PASSWORD = N'$password';
GO
USE tokensync;
GO
IF USER_ID(N'$1') IS NULL CREATE USER [$1] FOR LOGIN [$1];
GO
SQL
}

role() { # of a login
  run -d tokensync -i "/grants/$1.sql"
  run -d tokensync -Q "ALTER ROLE tokensync_$1 ADD MEMBER [tokensync_$1_login]"
}

case ${1:-} in
  logins)
    run -Q "IF DB_ID(N'tokensync') IS NULL CREATE DATABASE tokensync"
    # auditors and the merge do not wait for each other (docs/operations.md)
    run -Q "IF (SELECT is_read_committed_snapshot_on FROM sys.databases WHERE name = N'tokensync') = 0 ALTER DATABASE tokensync SET READ_COMMITTED_SNAPSHOT ON WITH ROLLBACK IMMEDIATE"
    for name in migrator writer auditor; do
      login "tokensync_${name}_login" "/run/secrets/sql-$name"
    done
    role migrator
    ;;
  rights)
    role writer
    role auditor
    ;;
  *)
    echo "usage: logins.sh logins|rights" >&2
    exit 2
    ;;
esac
