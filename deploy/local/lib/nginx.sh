# shellcheck shell=bash
# nginx without its package's system service: only the program is unpacked, under var/tools. Needs say.sh, packages.sh.

THIDUA_TOOLS=${THIDUA_TOOLS:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd -P)/var/tools}

# nginx_fetch: the package into this folder. A machine whose package lists are empty gets them first.
nginx_fetch() {
  local AS_ROOT
  apt-get download nginx >fetch.log 2>&1 && return 0
  root_take && "${AS_ROOT[@]}" apt-get -qy update >>fetch.log 2>&1 && apt-get download nginx >>fetch.log 2>&1
}

# nginx_program: prints the path of nginx: the machine's own if there is one, else the unpacked one, fetched once.
nginx_program() {
  local own=$THIDUA_TOOLS/nginx/usr/sbin/nginx work missing
  if command -v /usr/sbin/nginx; then return 0; fi
  if [[ ! -x $own ]]; then
    mkdir -p "$THIDUA_TOOLS"
    work=$(mktemp -d "$THIDUA_TOOLS/fetch.XXXXXX")
    if ! (cd "$work" && nginx_fetch && dpkg-deb -x nginx_*.deb unpacked >>fetch.log 2>&1); then
      last_lines "$work/fetch.log"
      rm -rf "$work"
      die "không tải được nginx" "apt-get download nginx failed"
    fi
    missing=$(ldd "$work/unpacked/usr/sbin/nginx" | awk '/not found/ { print $1 }' | tr '\n' ' ')
    [[ -z $missing ]] || die "nginx thiếu thư viện: $missing" "shared libraries of nginx are missing"
    rm -rf "$THIDUA_TOOLS/nginx"
    mv "$work/unpacked" "$THIDUA_TOOLS/nginx"
    rm -rf "$work"
  fi
  printf '%s\n' "$own"
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
