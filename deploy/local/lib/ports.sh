# shellcheck shell=bash
# Which ports are free and which are listened on. Needs say.sh, layout.sh, process.sh.

# ports_check: every port of a process that does not run yet must be free.
ports_check() {
  tools_need ss:iproute2
  local name kind port holder
  for name in "${PROCESSES[@]}"; do
    process_gone "$name" || continue
    for kind in main metrics boxes centre; do
      port=$(port_of "$name" "$kind") || continue
      holder=$(ss -Hltnp "sport = :$port" | sed -n 's/.*users:((\(.*\)))/\1/p;1q')
      [[ -z $(ss -Hltn "sport = :$port") ]] ||
        die "cổng $port ($name) đang bị dùng${holder:+ bởi $holder}; hãy chọn --port-base khác" \
          "port $port is taken, choose another --port-base"
    done
  done
}

# port_listens PORT: whether somebody listens there; without connecting.
port_listens() { [[ -n $(ss -Hltn "sport = :$1") ]]; }
