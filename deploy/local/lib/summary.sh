# shellcheck shell=bash disable=SC2034
# Keys and demo, and what `up` prints at the end. Needs say.sh, layout.sh.

PROGRAMS=(thidua-campaign thidua-scoring thidua-awards thidua-notify thidua-gateway thidua-migrate thiduactl)

# ctl ARGUMENT...: the client against this run.
ctl() { THIDUA_VAR="$VAR" THIDUA_PORT_BASE="$PORT_BASE" "$BIN/thiduactl" "$@"; }

# keys_make: signing keys of the token endpoint and of the services, and what is trusted; made once.
keys_make() {
  [[ -s $VAR/keys/trusted.jwks ]] && return 0
  ctl keys generate "$VAR/keys" >"$VAR/log/keys.log" 2>&1 || {
    last_lines "$VAR/log/keys.log"
    die "không tạo được khóa" "keys cannot be made"
  }
}

# demo_play DOSSIERS: the movement from plan to certificate with so many dossiers; played once, afterwards only its result is compared.
demo_play() {
  local digest
  if [[ -s $VAR/demo/digest ]]; then
    digest=$(ctl state digest)
    if [[ $digest == "$(<"$VAR/demo/digest")" ]]; then
      say "Dữ liệu trình diễn còn nguyên · demo data as it was"
    else
      say "Dữ liệu đã đổi từ sau buổi trình diễn · data changed since the demo"
    fi
    return 0
  fi
  say "Trình diễn · demo"
  ctl demo --dossiers="$1" || die "trình diễn không trọn" "the demo did not finish"
  mkdir -p "$VAR/demo"
  ctl state digest >"$VAR/demo/digest"
}

# summary: addresses, a token, the state's digest and commands to try.
summary() {
  local edge client=${BIN#"$ROOT"/}/thiduactl var=${VAR#"$ROOT"/}
  edge=https://localhost:$(port_of nginx)
  [[ $VAR == "$ROOT/var" ]] || client="THIDUA_VAR=$var $client"
  ((PORT_BASE == 7400)) || client="THIDUA_PORT_BASE=$PORT_BASE $client"
  cat <<END

Thi Đua đang chạy · Thi Đua is running
  gRPC, REST, trang · pages   $edge   (CA: $var/tls/ca.crt)
  REST tại máy · plain REST   http://127.0.0.1:$(port_of gateway)   (OpenAPI: /openapi.json)
  thư đã gửi · mails          $var/mail
  SMS đã gửi · SMS            $var/sms
  nhật ký · logs              $var/log
  mã trạng thái · state       $(ctl state digest)
  mã truy cập · token         $(ctl token)

Thử tiếp · to try:
  $client rankings list
  $client plans list
  $client audit verify
  $client call thidua.campaign.v1.ClockService/GetBusinessTime '{}'
  curl --cacert $var/tls/ca.crt -H "Authorization: Bearer \$($client token)" $edge/v1/plans
Dừng · stop: deploy/local/down    Xem · look: deploy/local/status
END
}
