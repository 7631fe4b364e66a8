#!/bin/sh
# Installs or upgrades the Holdfast agent of the folder this file lies in.
usage() {
  cat << 'EOF'
usage: install.sh [options]

  --install-dir DIR          where the program goes (/opt/holdfast/agent)
  --home DIR                 state of the agent (/var/lib/holdfast-agent)
  --cache DIR                cache folder (inside of the state)
  --credentials FILE         vault credentials file to register with
  --passphrase-file FILE     file with the passphrase, 16 characters or more
  --generate-passphrase      make a passphrase and show it once
  --key-location LOCATION    where the agent keeps the passphrase (file:/etc/holdfast/passphrase)
  --proxy HOST:PORT          HTTP proxy to the vault
  --proxy-user NAME          user name for it
  --proxy-password-file FILE file with its password
  --no-register              only install; register later with holdfast-agent register
  --no-service               do not install or start a systemd service
  --quiet                    say nothing but errors
  --help                     this text

Exit codes: 0 done; 1 failed, everything is as before; 2 wrong usage; 3 installed, but not registered;
4 the new version was not healthy and the one before runs again; 5 not root; 6 a prerequisite is missing.
EOF
}
set -u
dir=/opt/holdfast/agent home=/var/lib/holdfast-agent cache= credentials= passphrase= generate= key= proxy= proxyuser=
proxypass= register=yes service=yes quiet=
say() { [ -n "$quiet" ] || printf '%s\n' "$*"; }
fail() { code=$1; shift; printf 'install.sh: %s\n' "$*" >&2; exit "$code"; }
while [ $# -gt 0 ]; do
  case $1 in
    --install-dir | --home | --cache | --credentials | --passphrase-file | --key-location | --proxy | --proxy-user | \
      --proxy-password-file)
      [ $# -ge 2 ] || fail 2 "$1 needs a value" ;;
  esac
  case $1 in
    --install-dir) dir=$2; shift ;;
    --home) home=$2; shift ;;
    --cache) cache=$2; shift ;;
    --credentials) credentials=$2; shift ;;
    --passphrase-file) passphrase=$2; shift ;;
    --generate-passphrase) generate=yes ;;
    --key-location) key=$2; shift ;;
    --proxy) proxy=$2; shift ;;
    --proxy-user) proxyuser=$2; shift ;;
    --proxy-password-file) proxypass=$2; shift ;;
    --no-register) register= ;;
    --no-service) service= ;;
    --quiet) quiet=yes ;;
    --help) usage; exit 0 ;;
    *) usage >&2; fail 2 "unknown option $1" ;;
  esac
  shift
done
source=$(cd "$(dirname "$0")" && pwd)
[ "$(id -u)" = 0 ] || fail 5 "root is needed: the agent reads every file of this server"
[ -r "$source/VERSION" ] || fail 6 "this is not an unpacked package: VERSION is missing"
for file in "$credentials" "$passphrase" "$proxypass"; do
  [ -z "$file" ] || [ -r "$file" ] || fail 2 "there is no file '$file'"
done
[ -z "$register" ] || [ -n "$credentials" ] || [ -e "$home/registration.json" ] ||
  fail 2 "give --credentials, or --no-register"
version=$(cat "$source/VERSION")
needed=$(du -sk "$source" | cut -f1)
mkdir -p "$dir/versions" "$home" || fail 6 "the folders cannot be made"
chmod 700 "$home"
free=$(df -Pk "$dir" | awk 'NR == 2 { print $4 }')
[ "$free" -gt $((needed + 20480)) ] || fail 6 "there is too little room in $dir: $((needed / 1024 + 20)) MB are needed"

# The new version beside the old one, complete before anything points to it.
place=$dir/versions/$version
old=$(readlink "$dir/current" 2> /dev/null || true)
if [ "$source" != "$place" ]; then
  rm -rf "$place.new" && cp -r "$source" "$place.new" || { rm -rf "$place.new"; fail 1 "copying failed"; }
  "$place.new/bin/holdfast-agent" --version > /dev/null 2>&1 || {
    rm -rf "$place.new"; fail 1 "the new version does not start on this system; nothing was changed"; }
  [ ! -d "$place" ] || mv "$place" "$place.old.$$"
  mv "$place.new" "$place"
  rm -rf "$place.old.$$"
fi
point() { ln -sfn "$1" "$dir/current.new" && mv -T "$dir/current.new" "$dir/current"; }
systemd=
[ -z "$service" ] || ! [ -d /run/systemd/system ] || systemd=yes
point "versions/$version"
ln -sf "$dir/current/bin/holdfast-agent" /usr/local/bin/holdfast-agent
if [ -n "$service" ] && [ -d /etc/systemd/system ]; then
  sed -e "s|/opt/holdfast/agent/bin|$dir/current/bin|" -e "s|\${STATE_DIRECTORY}|$home|" \
    "$source/holdfast-agent.service" > /etc/systemd/system/holdfast-agent.service
fi

registered=yes
if [ -n "$register" ] && [ ! -e "$home/registration.json" ]; then
  set -- --home "$home" --credentials "$credentials"
  [ -z "$passphrase" ] || set -- "$@" --passphrase-file "$passphrase"
  [ -z "$generate" ] || set -- "$@" --generate-passphrase
  [ -z "$key" ] || set -- "$@" --key-location "$key"
  [ -z "$cache" ] || set -- "$@" --cache "$cache"
  [ -z "$proxy" ] || set -- "$@" --proxy "$proxy"
  [ -z "$proxyuser" ] || set -- "$@" --proxy-user "$proxyuser"
  [ -z "$proxypass" ] || set -- "$@" --proxy-password-file "$proxypass"
  "$dir/current/bin/holdfast-agent" register "$@" || registered=
elif [ ! -e "$home/registration.json" ]; then
  say "Installed. Register with: holdfast-agent register --home $home --credentials FILE"
fi

if [ -n "$systemd" ]; then
  systemctl daemon-reload && systemctl enable -q holdfast-agent && systemctl restart holdfast-agent
fi
# An upgrade has to prove itself: the running agent must answer, or the version before comes back.
if [ -n "$old" ] && [ "$old" != "versions/$version" ] && [ -n "$systemd" ] && [ -e "$home/registration.json" ]; then
  tries=0
  until "$dir/current/bin/holdfast-agent" status --home "$home" > /dev/null 2>&1; do
    tries=$((tries + 1))
    if [ "$tries" -ge 30 ]; then
      point "$old"
      systemctl restart holdfast-agent
      fail 4 "version $version was not healthy within a minute; ${old#versions/} runs again"
    fi
    sleep 2
  done
fi
# The version before stays for a way back, older ones go.
for other in "$dir"/versions/*; do
  case $other in "$dir/versions/$version" | "$dir/$old") ;; *) rm -rf "$other" ;; esac
done
[ -n "$registered" ] || fail 3 "installed, but not registered; try again with holdfast-agent register --home $home"
say "Holdfast agent $version is installed in $dir."
