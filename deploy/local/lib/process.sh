# shellcheck shell=bash
# Processes of one run: VAR/run/NAME.pid holds the pid and its start time, so that a reused pid is never taken for
# ours; VAR/run/NAME.command its command line and the SHA-256 of every file it read at its start. Needs say.sh, layout.sh, mariadb.sh.

# process_started PID: the start time of a live process in clock ticks since boot; fails for none and for a zombie.
process_started() {
  local stat fields
  { stat=$(<"/proc/$1/stat"); } 2>/dev/null || return 1
  read -ra fields <<<"${stat##*) }"
  [[ ${fields[0]} != Z ]] && printf '%s\n' "${fields[19]}"
}

# process_pid NAME: its pid when it runs.
process_pid() {
  local pid started
  if [[ $1 == mariadb ]]; then
    mariadb_pid "$VAR/mariadb"
    return
  fi
  { read -r pid started <"$VAR/run/$1.pid"; } 2>/dev/null || return 1
  [[ $started && $(process_started "$pid") == "$started" ]] && printf '%s\n' "$pid"
}

process_gone() { ! process_pid "$1" >/dev/null; }

# process_start NAME FILES COMMAND...: starts it in the background unless this very command already runs. FILES names
# the array of the files that it reads at its start. A process of another command line, of a program that was rebuilt
# since, or of files that have changed since, is stopped first.
process_start() {
  local name=$1 pid log=$VAR/log/$1.log wanted file
  local -n read_at_start=$2
  shift 2
  for file in "${read_at_start[@]}"; do
    [[ -r $file ]] || die "$name không đọc được tệp $file" "$name cannot read a file that it needs"
  done
  wanted=$*$'\n'$(sha256sum -- "${read_at_start[@]}")
  if pid=$(process_pid "$name"); then
    if [[ $(readlink "/proc/$pid/exe") != *' (deleted)' && $(cat "$VAR/run/$name.command" 2>/dev/null) == "$wanted" ]]
    then
      return 0
    fi
    say "  ↻ $name: chạy lại vì đã thay đổi · restarted, it changed"
    process_stop "$name"
  fi
  [[ ! -s $log ]] || mv -f "$log" "$log.before"
  (
    cd "$VAR/run" || exit 1
    exec setsid "$@" </dev/null >"$log" 2>&1 9>&-
  ) &
  pid=$!
  printf '%s %s\n' "$pid" "$(process_started "$pid")" >"$VAR/run/$name.pid"
  printf '%s\n' "$wanted" >"$VAR/run/$name.command"
}

# process_stop NAME: SIGTERM, waits for the drain, then kills. Nothing to stop is fine.
process_stop() {
  local name=$1 pid
  if [[ $name == mariadb ]]; then
    mariadb_stop "$VAR/mariadb"
    return
  fi
  if pid=$(process_pid "$name"); then
    kill -TERM "$pid" 2>/dev/null || true # it may have ended by itself just now
    if ! wait_for 30 process_gone "$name"; then
      say "  ✗ $name không dừng sau 30 s, buộc dừng · killed after 30 s"
      kill -KILL "$pid" 2>/dev/null || true
      wait_for 10 process_gone "$name" || die "không dừng được $name" "$name cannot be stopped"
    fi
  fi
  rm -f "$VAR/run/$name.pid" "$VAR/run/$name.command"
}

# process_strays: pids of our programs that work in this folder without being on record or being a child of one that
# is, after a crash for example. Known by program and working folder (nginx's workers have nothing else), so a shell in
# that folder is never meant.
process_strays() {
  local name proc pid exe recorded=' '
  for name in "${PROCESSES[@]}"; do
    pid=$(process_pid "$name") && recorded+="$pid "
  done
  for proc in /proc/[0-9]*; do
    pid=${proc#/proc/}
    [[ $(readlink "$proc/cwd" 2>/dev/null)/ == "$VAR"/* ]] || continue
    exe=$(readlink "$proc/exe" 2>/dev/null)
    exe=${exe% (deleted)}
    case ${exe##*/} in
      thidua-* | nginx | mariadbd | bearerbox | smsbox) ;;
      python3*) [[ $(tr '\0' ' ' <"$proc/cmdline" 2>/dev/null) == *@(smtp|sms)_sink.py* ]] || continue ;;
      *) continue ;;
    esac
    [[ $recorded != *" $pid "* && $recorded != *" $(sed -n 's/^PPid:\t//p' "$proc/status" 2>/dev/null) "* ]] || continue
    process_started "$pid" >/dev/null && printf '%s\n' "$pid"
  done
}

no_strays() { [[ -z $(process_strays) ]]; }

strays_stop() {
  local strays
  mapfile -t strays < <(process_strays)
  ((${#strays[@]})) || return 0
  kill -TERM "${strays[@]}" 2>/dev/null || true
  if ! wait_for 30 no_strays; then
    mapfile -t strays < <(process_strays)
    kill -KILL "${strays[@]}" 2>/dev/null || true
    wait_for 10 no_strays || die "còn tiến trình không dừng được" "a process of this run cannot be stopped"
  fi
}

# processes_stop [but NAME]: everything of this run, in reverse order, then what is left without a record.
processes_stop() {
  local index
  for ((index = ${#PROCESSES[@]} - 1; index >= 0; index--)); do
    [[ ${PROCESSES[index]} != "${2:-}" ]] || continue
    process_gone "${PROCESSES[index]}" || say "  dừng ${PROCESSES[index]} · stopping"
    process_stop "${PROCESSES[index]}"
  done
  strays_stop
}
