# Looks at a host; changes nothing. In: install home staging addresses. Stdin: configuration of curl (a proxy).
printf '@ready\n'
config=$(cat)
none=
[ -n "$config" ] || none="*"
say os "$(uname -s)"
say machine "$(uname -m)"
say hostname "$(uname -n)"
say clock "$(date +%s)"
for tool in tar gzip sha256sum awk sed du df readlink mktemp; do
  command -v "$tool" > /dev/null 2>&1 || say missing "$tool"
done
(ldd --version 2>&1 || true) | grep -qi musl && say libc musl
[ ! -d /run/systemd/system ] || say systemd yes
free() {
  folder=$1
  while [ ! -d "$folder" ]; do folder=$(dirname "$folder"); done
  df -Pk "$folder" | awk 'NR == 2 { print $4, $6 }'
}
say free-install "$(free "$install/versions")"
say free-staging "$(free "$staging")"
if [ -r "$install/current/VERSION" ]; then
  say version "$(head -n 1 "$install/current/VERSION")"
fi
if [ -r "$home/registration.json" ]; then
  say registration "$(tr -d '\r\n' < "$home/registration.json")"
fi
for address in $addresses; do
  result=unknown
  detail="neither curl nor bash is there to try it"
  if command -v curl > /dev/null 2>&1; then
    if detail=$(printf "%s\n" "$config" | curl -q --noproxy "$none" -K - -sS -k -m 20 -o /dev/null -w '%{http_code}' \
      "https://$address/health" 2>&1); then result=ok; else result=failed; fi
  elif [ -z "$config" ] && command -v bash > /dev/null 2>&1 && command -v timeout > /dev/null 2>&1; then
    name=${address%:*}
    name=${name#\[}
    name=${name%\]}
    if detail=$(timeout 15 bash -c 'exec 3<> "/dev/tcp/$1/$2"' probe "$name" "${address##*:}" 2>&1); then
      result=ok
    else
      result=failed
    fi
  fi
  say "probe" "$result $address $(printf '%s' "$detail" | tr '\r\n' '  ')"
done
exit 0
