# shellcheck shell=bash
# Installs what deploy/packages.txt names and is missing; needs say.sh.

# packages_listed FILE GROUP...: names of the packages of these groups, one a line.
packages_listed() {
  local file=$1 group package condition
  shift
  while read -r group package condition; do
    [[ " $* " == *" $group "* ]] || continue
    [[ $condition == unless=* ]] && command -v "${condition#unless=}" >/dev/null && continue
    printf '%s\n' "$package"
  done <"$file"
}

# packages_missing FILE GROUP...: those of them that are not installed.
packages_missing() {
  local package
  packages_listed "$@" | while read -r package; do
    [[ $(dpkg-query -W -f '${db:Status-Status}' "$package" 2>/dev/null) == installed ]] ||
      printf '%s\n' "$package"
  done
}

# tools_need COMMAND:PACKAGE...: each command must be there.
tools_need() {
  local one
  for one in "$@"; do
    command -v "${one%%:*}" >/dev/null ||
      die "thiếu lệnh «${one%%:*}» (gói ${one#*:})" "a program is missing: ${one%%:*} of package ${one#*:}"
  done
}

# root_take: sets AS_ROOT to what stands before a command that needs root; fails when there is no way.
root_take() {
  AS_ROOT=(env DEBIAN_FRONTEND=noninteractive)
  ((EUID != 0)) || return 0
  command -v sudo >/dev/null && sudo -v && AS_ROOT=(sudo "${AS_ROOT[@]}")
}

# packages_install FILE LOG GROUP...: installs the missing ones, as root or through sudo.
packages_install() {
  local file=$1 log=$2 missing AS_ROOT
  shift 2
  command -v dpkg-query >/dev/null ||
    die "cần Debian 12 (không thấy dpkg)" "Debian 12 is needed (no dpkg here)"
  mapfile -t missing < <(packages_missing "$file" "$@")
  ((${#missing[@]})) || return 0
  root_take ||
    die "thiếu gói và không có quyền cài, hãy chạy: apt-get install ${missing[*]}" \
      "packages are missing and neither root nor sudo is available"
  say "Cài ${#missing[@]} gói còn thiếu · installing ${#missing[@]} packages"
  if ! "${AS_ROOT[@]}" apt-get -qy update >"$log" 2>&1 9>&- ||
    ! "${AS_ROOT[@]}" apt-get -qy install --no-install-recommends "${missing[@]}" >>"$log" 2>&1 9>&-; then
    last_lines "$log"
    die "không cài được gói" "apt-get failed"
  fi
}
