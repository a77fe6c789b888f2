# shellcheck shell=bash
# What the scripts tell their reader: steps with the time since the start, and one clear line on failure.

SECONDS=0

say() { printf '[%4d s] %s\n' "$SECONDS" "$*"; }

# The exit status that says: the reason has been told already (a caller may be a subshell). Leaves as 1.
TOLD=70

# die VIETNAMESE ENGLISH: one line, exit 1.
die() {
  printf 'LỖI: %s · ERROR: %s\n' "$1" "$2" >&2
  exit "$TOLD"
}

# full_disk PATH...: the first of their disks that is full.
full_disk() { df --output=avail,target -B1M "$@" 2>/dev/null | awk 'NR > 1 && $1 < 8 { print $2; exit }'; }

# No script ends without a word: what `set -e` or a signal stops gets its one line here, a full disk above all (DISK:
# another one that is written to). told_at_the_end [STATUS]
told_at_the_end() {
  local status=${1:-$?} full
  ((status)) || return 0
  if ((status != TOLD)); then
    full=$(full_disk "${VAR:-.}" . ${DISK:+"$DISK"}) || true
    if [[ $full ]]; then
      printf 'LỖI: đĩa «%s» đã đầy · ERROR: the disk is full\n' "$full" >&2
    elif ((status > 128)); then
      printf 'LỖI: bị ngắt giữa chừng · ERROR: interrupted by a signal\n' >&2
    else
      printf 'LỖI: dừng giữa chừng (mã %d) · ERROR: stopped by an unexpected failure\n' "$status" >&2
    fi
  fi
  exit 1
}
trap told_at_the_end EXIT

# full_disk_in FILE: ends the script with just that when it is what a log tells, or when there was no room to tell it.
full_disk_in() {
  if grep -qsE 'No space left on device|OS errno 28|Errcode: 28|[Ee]rror:? 28([^0-9]|$)' "$1" ||
    [[ -n $(full_disk "${1%/*}") ]]; then
    die "đĩa đã đầy (xem $1)" "the disk is full"
  fi
}

# last_lines FILE [N]: the end of a log, indented, for the reader of a failure.
last_lines() {
  [[ -s $1 ]] || return 0
  full_disk_in "$1"
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
