#!/usr/bin/env bash
# healthcheck.sh [PORT [https]]: exit 0 when the stage in this container answers /health/ready with 200. The answer needs no
# login. Plain bash for http, because the image need not have more; https, for a stage with admin.tls, needs curl or openssl,
# and does not ask for proof of who answers, since the request stays on this machine and carries no secret.
port=${1:-9404}
request='GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n'
if [[ ${2:-http} != https ]]; then
    exec 3<>"/dev/tcp/127.0.0.1/$port" || exit 1
    printf "$request" >&3
    read -r -t 5 status <&3 || exit 1
elif command -v curl >/dev/null; then
    status="HTTP $(curl -sk -m 5 -o /dev/null -w '%{http_code}' "https://127.0.0.1:$port/health/ready") "
elif command -v openssl >/dev/null; then
    read -r status < <(printf "$request" | timeout 5 openssl s_client -quiet -connect "127.0.0.1:$port" 2>/dev/null)
else
    echo 'healthcheck.sh: https needs curl or openssl' >&2
    exit 1
fi
[[ $status == *' 200 '* ]]
