#!/usr/bin/env bash
# A private MariaDB in one folder: DIR/data, DIR/socket, DIR/error.log, DIR/pid. It listens on the unix
# socket alone and runs as whoever starts it. DIR is readable by its owner only, which is what guards the database
# root account (no password). Sourced by deploy/local; run directly by the tests:
#   mariadb.sh init|start|stop|running DIR [mariadbd option...]

# mariadbd is where only root looks by itself.
PATH=$PATH:/usr/sbin:/sbin

# mariadb_tmp DIR: a folder for temporary tables of its own: a server that starts removes those that it finds, in a shared
# /tmp those of its neighbours, which then fail (seen as a failed mariadb-install-db).
mariadb_tmp() { mkdir -p "$1/tmp"; }

# mariadb_init DIR: makes the data directory once; a half-made one is made anew.
mariadb_init() {
  local dir=$1
  [[ -e $dir/initialised ]] && return 0
  mkdir -p "$dir"
  chmod 700 "$dir"
  rm -rf "$dir/data"
  mariadb_tmp "$dir"
  if ! TMPDIR=$dir/tmp mariadb-install-db --no-defaults --user="$(id -un)" --datadir="$dir/data" --skip-test-db \
    --auth-root-authentication-method=normal --skip-name-resolve >"$dir/install.log" 2>&1; then
    # After this line it only tells where help is.
    sed '/^Installation of system tables failed/q' "$dir/install.log" | tail -n 12 >&2
    return 1
  fi
  : >"$dir/initialised"
}

# mariadb_pid DIR: the pid when this folder's server runs; a reused pid is not taken for it.
mariadb_pid() {
  local dir=$1 pid
  pid=$(cat "$dir/pid" 2>/dev/null) && [[ -n $pid ]] || return 1
  [[ $(tr '\0' '\n' 2>/dev/null <"/proc/$pid/cmdline") == *"--datadir=$dir/data"* ]] || return 1
  printf '%s\n' "$pid"
}

# mariadb_client DIR [option...]: the client as database root.
mariadb_client() {
  local dir=$1
  shift
  mariadb --no-defaults --socket="$dir/socket" --user=root --batch --skip-column-names "$@"
}

mariadb_answers() { mariadb_client "$1" --connect-timeout=2 -e 'DO 1' >/dev/null 2>&1; }

# mariadb_command DIR [option...]: sets COMMAND to the server's command line. Later options win over the ones here.
mariadb_command() {
  local dir=$1
  shift
  mariadb_tmp "$dir"
  COMMAND=(mariadbd --no-defaults --user="$(id -un)" --datadir="$dir/data" --socket="$dir/socket" --tmpdir="$dir/tmp"
    --pid-file="$dir/pid" --log-error="$dir/error.log" --skip-networking --skip-name-resolve
    --character-set-server=utf8mb4 --collation-server=utf8mb4_bin --default-time-zone=+00:00
    --transaction-isolation=READ-COMMITTED --innodb-flush-log-at-trx-commit=1 --local-infile=0
    --innodb-buffer-pool-size=256M --max-connections=400 --performance-schema=OFF "$@")
}

# mariadb_start DIR [option...]: returns once it answers.
mariadb_start() {
  local dir=$1 pid COMMAND
  shift
  mariadb_pid "$dir" >/dev/null && mariadb_answers "$dir" && return 0
  if ((${#dir} > 95)); then
    printf 'mariadb: %s is too long a path for a unix socket\n' "$dir" >&2
    return 1
  fi
  # The descriptor of a caller's lock (9) must not live on in the server.
  mariadb_command "$dir" "$@"
  setsid "${COMMAND[@]}" </dev/null >>"$dir/error.log" 2>&1 9>&- &
  pid=$!
  local deadline=$((SECONDS + 60))
  until mariadb_answers "$dir"; do
    if ! kill -0 "$pid" 2>/dev/null || ((SECONDS >= deadline)); then
      printf 'mariadb: did not start in %s\n' "$dir" >&2
      tail -n 8 "$dir/error.log" >&2
      return 1
    fi
    sleep 0.05
  done
}

# mariadb_stop DIR: asks, waits, and kills after a minute. Nothing to stop is fine.
mariadb_stop() {
  local dir=$1 pid deadline
  pid=$(mariadb_pid "$dir") || return 0
  kill -TERM "$pid" 2>/dev/null || true # it may have ended by itself just now
  deadline=$((SECONDS + 60))
  while mariadb_pid "$dir" >/dev/null; do
    ((SECONDS < deadline)) || kill -KILL "$pid" 2>/dev/null || true
    sleep 0.05
  done
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  set -euo pipefail
  (($# >= 2)) || { sed -n '2,5s/^# //p' "$0" >&2; exit 2; }
  action=$1
  mkdir -p "$2"
  dir=$(cd "$2" && pwd -P)
  shift 2
  case $action in
    init) mariadb_init "$dir" ;;
    start) mariadb_init "$dir" && mariadb_start "$dir" "$@" ;;
    stop) mariadb_stop "$dir" ;;
    running) mariadb_pid "$dir" >/dev/null ;;
    *) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
  esac
fi
