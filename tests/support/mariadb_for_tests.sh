#!/usr/bin/env bash
# The MariaDB of one test run, in the folder DIR of the build (ctest fixture "mariadb"):
#   mariadb_for_tests.sh start|stop DIR
# DIR/socket for all tests; DIR/port with TLS on 127.0.0.1 (certificate by DIR/ca.pem) for those about TLS. After a
# crash of a run its server is taken over; else the data directory is made anew. It may lose the last second on a
# power cut (innodb_flush_log_at_trx_commit=0), which is fine for tests alone.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)
source "$here/../../deploy/local/lib/mariadb.sh"

# make_certificate DIR: an authority of its own and a server certificate for 127.0.0.1 and localhost.
make_certificate() {
  local dir=$1
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj '/CN=Thi Dua test CA' \
    -keyout "$dir/ca.key" -out "$dir/ca.pem" 2>"$dir/openssl.log"
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -subj '/CN=127.0.0.1' \
    -keyout "$dir/server.key" -out "$dir/server.csr" 2>>"$dir/openssl.log"
  openssl x509 -req -in "$dir/server.csr" -CA "$dir/ca.pem" -CAkey "$dir/ca.key" -CAcreateserial -days 30 \
    -extfile <(printf 'subjectAltName=IP:127.0.0.1,DNS:localhost\n') -out "$dir/server.pem" 2>>"$dir/openssl.log"
}

start() {
  local dir=$1 port
  mariadb_pid "$dir" >/dev/null && mariadb_answers "$dir" && return 0
  mariadb_stop "$dir"
  rm -rf "$dir"
  mariadb_init "$dir"
  make_certificate "$dir"
  for _ in 1 2 3 4 5; do
    port=$((20000 + RANDOM % 10000))
    if mariadb_start "$dir" --skip-networking=0 --bind-address=127.0.0.1 --port="$port" \
      --ssl-ca="$dir/ca.pem" --ssl-cert="$dir/server.pem" --ssl-key="$dir/server.key" \
      --innodb-flush-log-at-trx-commit=0 --innodb-buffer-pool-size=128M --innodb-log-file-size=32M 2>"$dir/start.log"; then
      printf '%s\n' "$port" >"$dir/port"
      return 0
    fi
    grep -q 'Address already in use' "$dir/error.log" || break  # another port will do
    printf '' >"$dir/error.log"
  done
  cat "$dir/start.log" >&2
  return 1
}

(($# == 2)) || { sed -n '2,6s/^# //p' "$0" >&2; exit 2; }
mkdir -p "$2"
dir=$(cd "$2" && pwd -P)
case $1 in
  start) start "$dir" ;;
  stop) mariadb_stop "$dir" && rm -rf "$dir/data" "$dir/initialised" ;;
  *) sed -n '2,6s/^# //p' "$0" >&2; exit 2 ;;
esac
