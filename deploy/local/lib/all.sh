# shellcheck shell=bash
# Everything the scripts of deploy/local share, in the order of need.

for part in say layout packages unpack build mariadb process ports tls database nginx kannel services summary backup; do
  # shellcheck disable=SC1090
  source "$(dirname "${BASH_SOURCE[0]}")/$part.sh"
done
unset part
