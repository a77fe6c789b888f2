# shellcheck shell=bash disable=SC2034
# What a backup is. Needs say.sh, layout.sh, mariadb.sh, process.sh.
#
# A folder, whole or not there at all:
#   manifest             what is in it and from when; the SHA-256 of every other file; on its last line its own
#   <service>.sql.gz     the schema of a service, of one moment
#   files/<service>/…    its data_dir: files by content, copies of signed tree heads
#   keys/…               signing keys and what is trusted (nobody but the owner may read a backup)
#   demo/digest          where the demo has been played
# Passwords of the database and the certificate of the edge are not in it: `up` makes new ones. Uploads that were under
# way begin again.
#
# The four schemas are of four moments. Readers are dumped before those whose feeds they read, so nobody knows of
# something that its producer does not; files after the schema that names them, heads before the schema that proves them.

BACKUP_FORMAT='thidua-backup 1'
# Readers first.
BACKUP_ORDER=(notify awards scoring campaign)

sha256_of() { sha256sum -- "$1" | cut -d ' ' -f 1; }

# backup_value FOLDER KEY...: what stands in the manifest after «# KEY...».
backup_value() {
  local folder=$1
  shift
  sed -n "s|^# $* ||p" "$folder/manifest"
}

# backup_check FOLDER: ends the script with the name of the first part that is missing, changed or not listed.
backup_check() {
  local folder=$1 wrong extra
  [[ -f $folder/manifest ]] || die "«$folder» không phải là bản sao lưu" "no manifest there, this is no backup"
  [[ $(tail -n 1 "$folder/manifest") == "# end $(head -n -1 "$folder/manifest" | sha256sum | cut -d ' ' -f 1)" ]] ||
    die "bản sao lưu hỏng: manifest" "the backup is damaged: manifest"
  [[ $(head -n 1 "$folder/manifest") == "# $BACKUP_FORMAT" ]] ||
    die "bản sao lưu thuộc định dạng khác" "the backup is of another format than $BACKUP_FORMAT"
  # Names come back as «./part: FAILED» or «./part: FAILED open or read».
  if ! wrong=$(cd "$folder" && LC_ALL=C sha256sum --check --quiet --strict manifest 2>/dev/null); then
    wrong=${wrong%%: FAILED*} wrong=${wrong#./}
    die "bản sao lưu hỏng: ${wrong:-manifest}" "the backup is damaged: ${wrong:-manifest}"
  fi
  extra=$(comm -13 <(sed -n 's/^[0-9a-f]\{64\}  //p' "$folder/manifest" | sort) \
    <(cd "$folder" && find . ! -type d ! -path ./manifest | sort) | head -n 1)
  [[ -z $extra ]] || die "trong bản sao lưu có tệp lạ: ${extra#./}" "a file that is not of the backup: ${extra#./}"
}

# sql QUERY: as database root, columns apart by tabs.
sql() { mariadb_client "$VAR/mariadb" -e "$1"; }

schema_exists() { [[ $(sql "SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = '$1'") == 1 ]]; }

# tables_of SCHEMA
tables_of() { sql "SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_SCHEMA = '$1' ORDER BY 1"; }

# mariadb_borrow: MariaDB runs after this; mariadb_return stops it again if it did not before.
mariadb_borrow() {
  MARIADB_BORROWED=
  process_gone mariadb || return 0
  say "Khởi động MariaDB · starting MariaDB"
  MARIADB_BORROWED=yes
  service_start mariadb
}
mariadb_return() { [[ -z ${MARIADB_BORROWED:-} ]] || mariadb_stop "$VAR/mariadb"; }

# synced FOLDER: everything in it is on the disk.
synced() { find "$1" -print0 | xargs -0 sync --; }
