# shellcheck shell=bash
# Kannel, the SMS gateway, without its package's system service: only bearerbox and smsbox are unpacked, under
# var/tools. Needs say.sh, unpack.sh; for a local run layout.sh too.

# kannel_programs: prints the folder of bearerbox and smsbox: the machine's own if they are there, else the unpacked
# ones, fetched once.
kannel_programs() {
  local own
  if [[ -x /usr/sbin/bearerbox && -x /usr/sbin/smsbox ]]; then
    printf '/usr/sbin\n'
    return 0
  fi
  own=$(program_unpacked kannel usr/sbin/bearerbox usr/sbin/smsbox) || exit
  printf '%s\n' "${own%/*}"
}

# kannel_configure DIR PASSWORD ADMIN_PORT BOX_PORT CENTRE_PORT SENDSMS_PORT: writes DIR/kannel.conf: a gateway on
# 127.0.0.1 whose only centre is the fake one of Kannel, to which a sink connects. Numbers that begin with +8499 are
# refused, to show that. No access log: it would hold numbers and texts. Replaced whole: it is written again before smsbox
# starts, while bearerbox may be reading it.
kannel_configure() {
  mkdir -p "$1"
  (
    umask 077
    cat >"$1/kannel.conf.new" <<END
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
  mv -f "$1/kannel.conf.new" "$1/kannel.conf"
}

# kannel_ready ADMIN_PORT PASSWORD_FILE: whether smsbox has made itself known to bearerbox. A request before that kills
# it (Kannel 1.4.5), so an open port is not enough. The password goes by a pipe: command lines can be read.
kannel_ready() {
  printf 'url = "http://127.0.0.1:%d/status.txt?password=%s"\n' "$1" "$(<"$2")" |
    curl -sf -m 2 -K - 2>/dev/null | grep 'smsbox:thidua' >/dev/null
}
