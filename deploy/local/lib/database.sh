# shellcheck shell=bash
# Schemas, users and grants of the four services. Needs say.sh, layout.sh, mariadb.sh.

# secret_of NAME: the file of a generated password, made on first use, readable by its owner only.
secret_of() {
  local file=$VAR/secrets/$1
  if [[ ! -s $file ]]; then
    mkdir -p "$VAR/secrets"
    chmod 700 "$VAR/secrets"
    (umask 077 && openssl rand -hex 24 >"$file.part" && mv "$file.part" "$file") ||
      die "không tạo được mật khẩu" "openssl rand failed"
  fi
  printf '%s\n' "$file"
}

# database_users: schema thidua_S, its owner thidua_S_ddl (migrations) and thidua_S, which gets its rights from
# deploy/sql/grants once the tables exist. The passwords are those of VAR/secrets, whatever was there before.
database_users() {
  local service text
  for service in "${SERVICES[@]}"; do
    # Replaced here and handed over by a pipe: no password stands in a command line.
    text=$(<"$ROOT/deploy/sql/users.sql")
    text=${text//@service@/$service} text=${text//@host@/localhost} text=${text//@tls@/}
    text=${text//@password@/$(<"$(secret_of "$service.password")")}
    printf '%s\n' "${text//@ddl_password@/$(<"$(secret_of "${service}_ddl.password")")}"
  done | mariadb_client "$VAR/mariadb" ||
    die "không tạo được lược đồ và người dùng" "cannot make schemas and users"
}

# database_migrate: brings every schema to the version of this build.
database_migrate() {
  local service log
  for service in "${SERVICES[@]}"; do
    log=$VAR/log/migrate.$service.log
    if ! "$BIN/thidua-migrate" --service="$service" --migrations="$ROOT/services" \
      --db_socket="$VAR/mariadb/socket" --db_schema="thidua_$service" --db_user="thidua_${service}_ddl" \
      --db_password_file="$(secret_of "${service}_ddl.password")" >"$log" 2>&1; then
      last_lines "$log"
      die "không nâng được lược đồ của $service" "migrations of $service failed"
    fi
  done
}

# database_grants: what each service's own user may do, table by table: deploy/sql/grants, one file a migration series.
# Given anew, the old rights taken away first, only when these files changed: a service may be at work.
database_grants() {
  local service series user statements
  for service in "${SERVICES[@]}"; do
    user="'thidua_$service'@'localhost'"
    statements=
    for series in platform units "$service"; do
      [[ $service != campaign || $series != units ]] || continue
      statements+=$(sed "s/@user@/$user/g" "$ROOT/deploy/sql/grants/$series.sql")$'\n' ||
        die "thiếu tệp quyền của $series" "grants of $series are missing"
    done
    [[ ! -f $VAR/run/grants.$service || $(<"$VAR/run/grants.$service") != "${statements%$'\n'}" ]] || continue
    mariadb_client "$VAR/mariadb" "thidua_$service" \
      <<<"REVOKE ALL PRIVILEGES, GRANT OPTION FROM $user; $statements" ||
      die "không cấp được quyền cho $service" "grants of $service failed"
    printf '%s' "$statements" >"$VAR/run/grants.$service"
  done
}
