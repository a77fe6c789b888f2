# shellcheck shell=bash
# What the scripts tell their reader: steps with the time since the start, and one clear line on failure.

SECONDS=0

say() { printf '[%4d s] %s\n' "$SECONDS" "$*"; }

# die VIETNAMESE ENGLISH: one line, exit 1.
die() {
  printf 'LỖI: %s · ERROR: %s\n' "$1" "$2" >&2
  exit 1
}

# last_lines FILE [N]: the end of a log, indented, for the reader of a failure.
last_lines() {
  [[ -s $1 ]] || return 0
  printf '  … %s:\n' "$1" >&2
  tail -n "${2:-8}" "$1" | sed 's/^/  | /' >&2
}

# wait_for SECONDS COMMAND...: asks COMMAND again and again until it succeeds; 1 when the time is over.
wait_for() {
  local deadline=$((SECONDS + $1))
  shift
  until "$@"; do
    ((SECONDS < deadline)) || return 1
    sleep 0.1
  done
}
