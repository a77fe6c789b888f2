# shellcheck shell=bash
# The certificate of the local edge: an authority of its own and a server certificate for this machine alone.
# Needs say.sh, layout.sh.

# tls_make: VAR/tls/{ca.crt,server.crt,server.key}; kept as long as they are valid for another week. A certificate of
# another authority is its operator's: it is never replaced, and its end is told.
tls_make() {
  local dir=$VAR/tls
  openssl x509 -in "$dir/server.crt" -noout -checkend 604800 >/dev/null 2>&1 && return 0
  if [[ -s $dir/server.crt && $(openssl x509 -in "$dir/server.crt" -noout -issuer 2>/dev/null) != *'Thi Dua local authority'* ]]; then
    say "  ⚠ chứng thư $dir/server.crt sắp hết hạn, hãy thay · the certificate ends within a week, replace it"
    return 0
  fi
  mkdir -p "$dir"
  if ! (
    set -e
    umask 077
    cd "$dir"
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 825 -keyout ca.key -out ca.crt \
      -subj '/CN=Thi Dua local authority' \
      -addext basicConstraints=critical,CA:TRUE,pathlen:0 -addext keyUsage=critical,keyCertSign,cRLSign
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout server.key -out server.csr \
      -subj '/CN=localhost'
    openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 397 -out server.crt -extfile \
      <(printf '%s\n' basicConstraints=critical,CA:FALSE keyUsage=critical,digitalSignature \
        extendedKeyUsage=serverAuth subjectAltName=DNS:localhost,IP:127.0.0.1,IP:::1)
    rm -f ca.key ca.srl server.csr
    chmod 644 ca.crt server.crt
  ) >"$VAR/log/tls.log" 2>&1; then
    last_lines "$VAR/log/tls.log"
    die "không tạo được chứng thư TLS" "openssl failed"
  fi
}
