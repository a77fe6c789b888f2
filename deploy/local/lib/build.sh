# shellcheck shell=bash
# Configures and builds with progress on one line every few seconds; needs say.sh and runs in the repository.

# build_configure PRESET DIR: once, or again when it never finished.
build_configure() {
  local preset=$1 dir=$2
  [[ -e $dir/build.ninja ]] && return 0
  mkdir -p "$dir"
  disk_check "$dir" "${BUILD_MB[$preset]}"
  say "Cấu hình ($preset) · configuring"
  if ! cmake --preset "$preset" -B "$dir" >"$dir/configure.log" 2>&1 9>&-; then
    last_lines "$dir/configure.log" 20
    die "cấu hình không thành" "cmake --preset $preset failed"
  fi
}

# build_targets DIR TARGET...: builds, the whole output in DIR/build.log. A build that an interrupted call left running
# is waited for: two at once would spoil the folder.
build_targets() {
  local dir=$1 log=$1/build.log pid shown=$SECONDS line
  shift
  flock --nonblock "$dir/build.lock" true || say "Đợi một lượt biên dịch khác trong «$dir» · waiting for another build"
  say "Biên dịch · building"
  # The locks are the compiler's only while it runs: descriptor 9 (of the folder of this run) not at all.
  : >"$log" # there for `tail` before the build has said anything
  NINJA_STATUS='[%f/%t] ' flock --no-fork "$dir/build.lock" ninja -C "$dir" -j "$(nproc)" "$@" >>"$log" 2>&1 9>&- &
  pid=$!
  # One line every ten seconds at most: `tail` ends when ninja does.
  while IFS= read -r line; do
    [[ $line =~ ^\[([0-9]+)/([0-9]+)\] ]] || continue
    ((SECONDS - shown >= 10)) || continue
    shown=$SECONDS
    say "  … ${BASH_REMATCH[1]}/${BASH_REMATCH[2]}"
  done < <(tail --pid="$pid" -n +1 -f "$log" 2>/dev/null)
  if ! wait "$pid"; then
    full_disk_in "$log"
    grep -A 25 -m 3 '^FAILED' "$log" >&2 || last_lines "$log" 20
    die "biên dịch không thành ($log)" "the build failed"
  fi
}
