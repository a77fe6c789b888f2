# shellcheck shell=bash
# nginx without its package's system service: only the program is unpacked, under var/tools. Needs say.sh, unpack.sh.

# nginx_program: prints the path of nginx: the machine's own if there is one, else the unpacked one, fetched once.
nginx_program() {
  if command -v /usr/sbin/nginx; then return 0; fi
  program_unpacked nginx usr/sbin/nginx
}

# nginx_configure: writes VAR/nginx/nginx.conf for the ports of this run. Needs layout.sh.
nginx_configure() {
  local user='' name expressions=()
  # Started by root, the workers stay root too: VAR may lie where nobody else may look.
  ((EUID != 0)) || user='user root;'
  for name in campaign scoring awards notify gateway nginx; do
    expressions+=(-e "s|@PORT_${name^^}@|$(port_of "$name")|")
  done
  mkdir -p "$VAR/nginx"
  sed -e "s|@VAR@|$VAR|g" -e "s|@EDGE_ADDRESS@|$EDGE_ADDRESS|" -e "s|^@USER@\$|$user|" "${expressions[@]}" \
    "$ROOT/deploy/gateway/nginx.conf.template" >"$VAR/nginx/nginx.conf"
  "$ROOT/deploy/gateway/edge_errors.py" >"$VAR/nginx/edge-errors.conf"
}

# nginx_check PROGRAM: whether the configuration is one nginx takes; tells what is wrong.
nginx_check() {
  "$1" -t -p "$VAR/nginx" -c "$VAR/nginx/nginx.conf" >"$VAR/log/nginx.check.log" 2>&1 ||
    { last_lines "$VAR/log/nginx.check.log"; return 1; }
}
