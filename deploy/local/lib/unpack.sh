# shellcheck shell=bash
# Programs of packages that would start a system service when installed: only the program is taken out, under var/tools.
# Needs say.sh, packages.sh.

THIDUA_TOOLS=${THIDUA_TOOLS:-$(cd "$(dirname "${BASH_SOURCE[0]}")/../../.." && pwd -P)/var/tools}

# package_fetch PACKAGE: into this folder. A machine whose package lists are empty gets them first.
package_fetch() {
  local AS_ROOT
  apt-get download "$1" >fetch.log 2>&1 && return 0
  root_take && "${AS_ROOT[@]}" apt-get -qy update >>fetch.log 2>&1 && apt-get download "$1" >>fetch.log 2>&1
}

# program_unpacked PACKAGE PATH...: prints where the first of these programs of the package is, under var/tools; all of
# them are taken out, once.
program_unpacked() {
  local package=$1 path work missing='' there=yes
  shift
  for path in "$@"; do
    [[ -x $THIDUA_TOOLS/$package/$path ]] || there=
  done
  if [[ ! $there ]]; then
    mkdir -p "$THIDUA_TOOLS"
    work=$(mktemp -d "$THIDUA_TOOLS/fetch.XXXXXX")
    if ! (cd "$work" && package_fetch "$package" && mkdir unpacked &&
      dpkg-deb --fsys-tarfile "$package"_*.deb | tar -x -C unpacked "${@/#/./}" >>fetch.log 2>&1); then
      last_lines "$work/fetch.log"
      rm -rf "$work"
      die "không tải được $package" "apt-get download $package failed"
    fi
    for path in "$@"; do
      missing+=$(ldd "$work/unpacked/$path" | awk '/not found/ { print $1 }' | tr '\n' ' ')
    done
    if [[ $missing ]]; then
      rm -rf "$work"
      die "$package thiếu thư viện: $missing" "shared libraries of $package are missing"
    fi
    rm -rf "${THIDUA_TOOLS:?}/$package"
    # Another run may have been faster; its programs are the same.
    mv -T "$work/unpacked" "$THIDUA_TOOLS/$package" 2>/dev/null || true
    rm -rf "$work"
    [[ -x $THIDUA_TOOLS/$package/$1 ]] || die "không lấy được $package" "the programs of $package cannot be put in place"
  fi
  printf '%s\n' "$THIDUA_TOOLS/$package/$1"
}

# promtool_program: checks metrics and rules of alerts, for tests.
promtool_program() {
  command -v promtool || program_unpacked prometheus usr/bin/promtool
}
