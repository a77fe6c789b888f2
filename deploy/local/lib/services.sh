# shellcheck shell=bash
# How each process of a local run is started and how one sees that it is ready.
# Needs say.sh, layout.sh, process.sh, database.sh, nginx.sh, kannel.sh.

# service_command NAME: sets COMMAND to the command line of a process and READS to the files it reads at its start
# only; the trusted keys are looked at again while it runs.
service_command() {
  local name=$1 address service
  address=127.0.0.1:$(port_of "$name" || true) # the sink of SMS listens nowhere
  case $name in
    smtp)
      COMMAND=("$ROOT/deploy/local/smtp_sink.py" "$(port_of smtp)" "$VAR/mail")
      READS=("$ROOT/deploy/local/smtp_sink.py")
      ;;
    bearerbox | smsbox)
      COMMAND=("$(kannel_programs)/$name" -v 3 -- "$VAR/kannel/kannel.conf")
      READS=("$VAR/kannel/kannel.conf")
      ;;
    smssink)
      COMMAND=("$ROOT/deploy/local/sms_sink.py" "$(port_of bearerbox centre)" "$VAR/sms")
      READS=("$ROOT/deploy/local/sms_sink.py")
      ;;
    nginx)
      COMMAND=("$(nginx_program)" -p "$VAR/nginx" -c "$VAR/nginx/nginx.conf")
      READS=("$VAR"/nginx/{nginx.conf,edge-errors.conf} "$VAR"/tls/server.{crt,key})
      ;;
    gateway)
      READS=("${BIN%/bin}/api.pb")
      COMMAND=("$BIN/thidua-gateway" --listen="$address"
        --metrics_listen="127.0.0.1:$(port_of gateway metrics)" --descriptors="${BIN%/bin}/api.pb")
      for service in "${SERVICES[@]}"; do
        COMMAND+=(--upstream="thidua.$service.v1=127.0.0.1:$(port_of "$service")")
      done
      ;;
    *)
      COMMAND=("$BIN/thidua-$name" --profile="$PROFILE" --listen="$address"
        --metrics_listen="127.0.0.1:$(port_of "$name" metrics)"
        --jwks_file="$VAR/keys/trusted.jwks" --key_file="$VAR/keys/$name.pem"
        --db_socket="$VAR/mariadb/socket" --db_schema="thidua_$name" --db_user="thidua_$name"
        --db_password_file="$(secret_of "$name.password")" --data_dir="$VAR/files/$name"
        --migrations="$ROOT/services")
      READS=("$VAR/keys/$name.pem" "$(secret_of "$name.password")")
      [[ $name == campaign ]] || COMMAND+=(--campaign="127.0.0.1:$(port_of campaign)")
      [[ $name != awards && $name != notify ]] || COMMAND+=(--scoring="127.0.0.1:$(port_of scoring)")
      [[ $name != awards ]] || COMMAND+=(--public_base_url="${THIDUA_PUBLIC_URL:-https://localhost:$(port_of nginx)}")
      [[ $name != scoring && $name != notify ]] || COMMAND+=(--awards="127.0.0.1:$(port_of awards)")
      # An empty URL leaves mails or SMS queued. Every other flag may come from the environment as THIDUA_<FLAG>.
      [[ $name != notify ]] || COMMAND+=(--smtp_url="${THIDUA_SMTP_URL-smtp://127.0.0.1:$(port_of smtp)}"
        --sms_url="${THIDUA_SMS_URL-http://127.0.0.1:$(port_of smsbox)/cgi-bin/sendsms}"
        --sms_password_file="$(secret_of sms.password)")
      [[ $name != notify ]] || READS+=("$(secret_of sms.password)")
      ;;
  esac
}

# service_prepare NAME: folders and configuration that a process needs before it starts.
service_prepare() {
  case $1 in
    campaign | scoring | awards | notify) mkdir -p "$VAR/files/$1" ;;
    bearerbox | smsbox)
      kannel_configure "$VAR/kannel" "$(<"$(secret_of sms.password)")" "$(port_of bearerbox)" \
        "$(port_of bearerbox boxes)" "$(port_of bearerbox centre)" "$(port_of smsbox)"
      # smsbox gives up at once when nobody listens yet.
      [[ $1 != smsbox ]] || bearerbox_wait
      ;;
    nginx)
      nginx_configure
      nginx_check "$(nginx_program)" || die "cấu hình nginx sai" "the configuration of nginx is wrong"
      ;;
  esac
}

bearerbox_listens_or_gone() { process_gone bearerbox || port_listens "$(port_of bearerbox boxes)"; }

# bearerbox_wait: until it listens for smsbox.
bearerbox_wait() {
  wait_for 30 bearerbox_listens_or_gone || true
  if ! port_listens "$(port_of bearerbox boxes)"; then
    last_lines "$VAR/log/bearerbox.log"
    die "bearerbox không nhận kết nối" "bearerbox does not listen"
  fi
}

# service_start NAME
service_start() {
  # shellcheck disable=SC2034 # process_start reads READS by its name
  local COMMAND READS
  if [[ $1 == mariadb ]]; then
    if ! { mariadb_init "$VAR/mariadb" && mariadb_start "$VAR/mariadb"; }; then
      full_disk_in "$VAR/mariadb/install.log"
      full_disk_in "$VAR/mariadb/error.log"
      die "MariaDB không khởi động được" "MariaDB does not start"
    fi
    return
  fi
  service_prepare "$1"
  service_command "$1"
  process_start "$1" READS "${COMMAND[@]}"
}

# service_ready NAME: whether it answers as it should.
service_ready() {
  case $1 in
    mariadb) mariadb_answers "$VAR/mariadb" ;;
    smssink) [[ -e $VAR/sms/connected ]] ;;
    smsbox) kannel_ready "$(port_of bearerbox)" "$(secret_of sms.password)" ;;
    smtp | bearerbox | nginx) (exec 3<>"/dev/tcp/127.0.0.1/$(port_of "$1")") 2>/dev/null ;;
    gateway) curl -sf -m 2 -o "$VAR/log/readyz" "http://127.0.0.1:$(port_of gateway)/readyz" ;;
    *) "$BIN/thiduactl" health "127.0.0.1:$(port_of "$1")" >/dev/null 2>&1 ;;
  esac
}

service_ready_or_gone() { process_gone "$1" || service_ready "$1"; }

# services_wait NAME...: until these are ready; names the one that is not, with the end of its log.
services_wait() {
  local name log
  for name in "$@"; do
    wait_for 90 service_ready_or_gone "$name"
    if process_gone "$name" || ! service_ready "$name"; then
      log=$VAR/log/$name.log
      [[ $name != mariadb ]] || log=$VAR/mariadb/error.log
      [[ $name != nginx ]] || last_lines "$VAR/log/nginx.error.log"
      last_lines "$log"
      die "$name không sẵn sàng" "$name is not ready"
    fi
  done
}
