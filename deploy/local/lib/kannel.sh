# shellcheck shell=bash
# Kannel, the SMS gateway, without its package's system service: only bearerbox and smsbox are unpacked, under
# var/tools. Needs say.sh, packages.sh; for a local run layout.sh too.

THIDUA_TOOLS=${THIDUA_TOOLS:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd -P)/var/tools}

# kannel_fetch: the package into this folder. A machine whose package lists are empty gets them first.
kannel_fetch() {
  local AS_ROOT
  apt-get download kannel >fetch.log 2>&1 && return 0
  root_take && "${AS_ROOT[@]}" apt-get -qy update >>fetch.log 2>&1 && apt-get download kannel >>fetch.log 2>&1
}

# kannel_programs: prints the folder of bearerbox and smsbox: the machine's own if they are there, else the unpacked
# ones, fetched once.
kannel_programs() {
  local own=$THIDUA_TOOLS/kannel/usr/sbin work missing
  if [[ -x /usr/sbin/bearerbox && -x /usr/sbin/smsbox ]]; then
    printf '/usr/sbin\n'
    return 0
  fi
  if [[ ! -x $own/bearerbox || ! -x $own/smsbox ]]; then
    mkdir -p "$THIDUA_TOOLS"
    work=$(mktemp -d "$THIDUA_TOOLS/fetch.XXXXXX")
    if ! (cd "$work" && kannel_fetch && dpkg-deb -x kannel_*.deb unpacked >>fetch.log 2>&1); then
      last_lines "$work/fetch.log"
      rm -rf "$work"
      die "không tải được kannel" "apt-get download kannel failed"
    fi
    missing=$(ldd "$work"/unpacked/usr/sbin/{bearerbox,smsbox} | awk '/not found/ { print $1 }' | tr '\n' ' ')
    [[ -z $missing ]] || die "kannel thiếu thư viện: $missing" "shared libraries of kannel are missing"
    rm -rf "$THIDUA_TOOLS/kannel"
    mv "$work/unpacked" "$THIDUA_TOOLS/kannel"
    rm -rf "$work"
  fi
  printf '%s\n' "$own"
}

# kannel_configure DIR PASSWORD ADMIN_PORT BOX_PORT CENTRE_PORT SENDSMS_PORT: writes DIR/kannel.conf: a gateway on
# 127.0.0.1 whose only centre is the fake one of Kannel, to which a sink connects. Numbers that begin with +8499 are
# refused, to show that. No access log: it would hold numbers and texts.
kannel_configure() {
  mkdir -p "$1"
  (
    umask 077
    cat >"$1/kannel.conf" <<END
group = core
admin-port = $3
admin-interface = "127.0.0.1"
admin-password = "$2"
smsbox-port = $4
smsbox-interface = "127.0.0.1"
box-deny-ip = "*.*.*.*"
box-allow-ip = "127.0.0.1"
store-type = file
store-location = "$1/store"
dlr-storage = internal

group = smsc
smsc = fake
smsc-id = sink
our-host = "127.0.0.1"
port = $5
connect-allow-ip = "127.0.0.1"
denied-prefix = "+8499"

group = smsbox
smsbox-id = thidua
bearerbox-host = "127.0.0.1"
bearerbox-port = $4
sendsms-port = $6
sendsms-interface = "127.0.0.1"

group = sendsms-user
username = thidua
password = "$2"
max-messages = 3
concatenation = true
user-deny-ip = "*.*.*.*"
user-allow-ip = "127.0.0.1"

group = sms-service
keyword = default
max-messages = 0
text = ""
END
  )
}

# kannel_ready ADMIN_PORT PASSWORD_FILE: whether smsbox has made itself known to bearerbox. A request before that kills
# it (Kannel 1.4.5), so an open port is not enough. The password goes by a pipe: command lines can be read.
kannel_ready() {
  printf 'url = "http://127.0.0.1:%d/status.txt?password=%s"\n' "$1" "$(<"$2")" |
    curl -sf -m 2 -K - 2>/dev/null | grep 'smsbox:thidua' >/dev/null
}
