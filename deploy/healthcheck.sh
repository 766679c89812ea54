#!/usr/bin/env bash
# Exit 0 when the stage in this container answers /health/ready with 200. Plain bash, because the image has no curl.
exec 3<>"/dev/tcp/127.0.0.1/${1:-9404}" || exit 1
printf 'GET /health/ready HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
read -r -t 5 status <&3 || exit 1
[[ $status == *' 200 '* ]]
