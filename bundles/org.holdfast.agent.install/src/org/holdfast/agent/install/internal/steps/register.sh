# Registers with the vault. In: install home key cache proxy user. Stdin: credentials, passphrase, the proxy's password,
# each one line. They are in memory (or the agent's own folder) for as long as it takes, for root alone.
place=/run
[ -d "$place" ] && [ -w "$place" ] || place=$home
secrets=$(mktemp -d "$place/holdfast-install.XXXXXX") || exit 1
trap 'rm -rf "$secrets"' EXIT
trap 'exit 1' HUP INT TERM
printf '@ready\n'
for file in credentials passphrase proxy; do
  IFS= read -r line || exit 1
  printf '%s\n' "$line" > "$secrets/$file" || exit 1
done
line=
set -- --quiet --install-dir "$install" --home "$home" --credentials "$secrets/credentials" \
  --passphrase-file "$secrets/passphrase"
[ -z "$key" ] || set -- "$@" --key-location "$key"
[ -z "$cache" ] || set -- "$@" --cache "$cache"
[ -z "$proxy" ] || set -- "$@" --proxy "$proxy"
if [ -n "$user" ]; then
  # The agent reads this file for as long as it uses the proxy.
  cp "$secrets/proxy" "$home/proxy-password" && chmod 600 "$home/proxy-password" || exit 1
  set -- "$@" --proxy-user "$user" --proxy-password-file "$home/proxy-password"
fi
version=$(head -n 1 "$install/current/VERSION") || exit 1
sh "$install/versions/$version/install.sh" "$@"
code=$?
say code "$code"
[ ! -r "$home/registration.json" ] || say registration "$(tr -d '\r\n' < "$home/registration.json")"
exit "$code"
