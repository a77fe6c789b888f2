# shellcheck shell=bash disable=SC2034
# Where things are and which ports they use: the only statement of both for local runs. Needs say.sh.
# Sets ROOT, VAR, BIN, PORT_BASE and the functions below.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd -P)
BIN=$ROOT/build/release/bin
PORT_BASE=${THIDUA_PORT_BASE:-7400}
# What deploy/containers sets otherwise.
PROFILE=${THIDUA_PROFILE:-local}
EDGE_ADDRESS=${THIDUA_EDGE_ADDRESS:-127.0.0.1}
SERVICES=(campaign scoring awards notify)
# In the order of starting; stopping goes the other way round.
PROCESSES=(mariadb smtp bearerbox smssink smsbox "${SERVICES[@]}" gateway nginx)

# Megabytes that a run, the release build (about 500) and the build of all tests (4500) need on their disks.
RUN_MB=2048
declare -A BUILD_MB=([release]=1024 [asan]=6144 [tsan]=6144 [fuzz]=1024)

# port_of NAME [metrics|boxes|centre]: a port of a process.
port_of() {
  local offset
  case ${2:-main}:$1 in
    main:gateway) offset=0 ;;
    main:campaign) offset=1 ;;
    main:scoring) offset=2 ;;
    main:awards) offset=3 ;;
    main:notify) offset=4 ;;
    metrics:gateway) offset=10 ;;
    metrics:campaign) offset=11 ;;
    metrics:scoring) offset=12 ;;
    metrics:awards) offset=13 ;;
    metrics:notify) offset=14 ;;
    main:bearerbox) offset=20 ;;
    boxes:bearerbox) offset=21 ;;
    centre:bearerbox) offset=22 ;;
    main:smtp) offset=25 ;;
    main:smsbox) offset=26 ;;
    main:nginx) offset=43 ;;
    *) return 1 ;;
  esac
  printf '%d\n' $((PORT_BASE + offset))
}

# take_var_option SCRIPT ARGUMENT...: for scripts whose only option is --var DIR. Sets VAR and REST (what is left);
# --help prints the comment at the head of SCRIPT.
take_var_option() {
  local script=$1
  shift
  VAR=$ROOT/var REST=()
  while (($#)); do
    case $1 in
      --var)
        (($# >= 2)) || die "--var cần một thư mục" "--var needs a folder"
        VAR=$2
        shift
        ;;
      -h | --help) usage "$script"; exit 0 ;;
      -*) die "không hiểu «$1»" "unknown option, see --help" ;;
      *) REST+=("$1") ;;
    esac
    shift
  done
}

# usage SCRIPT: the comment at its head.
usage() { awk 'NR > 1 && !/^#/ { exit } NR > 1 { sub(/^# ?/, ""); print }' "$1"; }

# layout_open DIR: takes DIR as the folder of this run; makes it when it is not there. A folder that holds something
# else is refused, so that --fresh can never wipe what is not ours.
layout_open() {
  local dir=$1
  VAR=$dir # known to told_at_the_end from here on
  [[ $dir != *[[:space:]\"\'\$\;\{\}]* ]] ||
    die "đường dẫn «$dir» có ký tự không dùng được" "the path has blanks or quotes"
  if [[ ! -e $dir/thidua-var ]]; then
    if [[ -e $dir && -n $(find "$dir" -mindepth 1 -maxdepth 1 ! -name tools ! -name tls ! -name secrets -print -quit) ]]; then
      die "«$dir» có dữ liệu khác, hãy chọn thư mục khác" "the folder is not empty and not one of ours"
    fi
    mkdir -p "$dir" || die "không tạo được «$dir»" "cannot make the folder"
    printf 'Thi Đua: a local run. Made by deploy/local/up, wiped by deploy/local/up --fresh.\n' >"$dir/thidua-var"
  fi
  VAR=$(cd "$dir" && pwd -P)
  ((${#VAR} <= 80)) || die "đường dẫn «$VAR» quá dài cho socket" "the path is too long for a unix socket"
  mkdir -p "$VAR"/{run,log,mail,sms,kannel,files,nginx}
  chmod 700 "$VAR"
}

# layout_lock: one up, down or restart at a time in this folder. Descriptor 9 holds the lock until we end.
layout_lock() {
  tools_need flock:util-linux
  exec 9>>"$VAR/lock"
  # A moment's patience: the last children of a killed one may still be ending.
  flock --wait 2 9 ||
    die "một lệnh up, down hoặc restart khác đang chạy trên «$VAR»" "another up, down or restart is at work there"
}

# disk_check DIR MEGABYTES: refuses to begin what the disk has no room for.
disk_check() {
  local free
  free=$(df --output=avail -B1M "$1" | tail -n 1)
  ((free >= ${THIDUA_MIN_FREE_MB:-$2})) ||
    die "đĩa của «$1» chỉ còn $((free)) MB, cần ${THIDUA_MIN_FREE_MB:-$2} MB" \
      "the disk has only $((free)) MB left, ${THIDUA_MIN_FREE_MB:-$2} MB are needed"
}

# settings_save / settings_load: what `up` was told, for down, status and restart.
settings_save() { printf 'BIN=%q\nPORT_BASE=%q\n' "$BIN" "$PORT_BASE" >"$VAR/run/settings"; }
settings_load() {
  [[ -r $VAR/run/settings ]] || return 0
  # shellcheck disable=SC1091
  source "$VAR/run/settings"
}
