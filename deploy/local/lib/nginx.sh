# shellcheck shell=bash
# nginx without its package's system service: only the program is unpacked, under var/tools. Needs say.sh.

THIDUA_TOOLS=${THIDUA_TOOLS:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd -P)/var/tools}

# nginx_program: prints the path of nginx: the machine's own if there is one, else the unpacked one, fetched once.
nginx_program() {
  local own=$THIDUA_TOOLS/nginx/usr/sbin/nginx work missing
  if command -v /usr/sbin/nginx; then return 0; fi
  if [[ ! -x $own ]]; then
    mkdir -p "$THIDUA_TOOLS"
    work=$(mktemp -d "$THIDUA_TOOLS/fetch.XXXXXX")
    if ! (cd "$work" && apt-get download nginx >fetch.log 2>&1 && dpkg-deb -x nginx_*.deb unpacked); then
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
