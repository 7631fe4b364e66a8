#!/bin/sh
# Removes the Holdfast agent. Asks what is to become of the data, unless it is told.
usage() {
  cat << 'EOF'
usage: uninstall.sh [--keep | --retire | --delete] [--install-dir DIR] [--home DIR] [--quiet]

  --keep     keep registration and data: installing again goes on where this ends
  --retire   give the server up at the vault; its recovery points stay
  --delete   give the server up and ask the vault for deletion of its points

The passphrase stays where it is: without it nobody can restore anything. Exit codes: 0 done, 1 failed, 2 wrong usage.
EOF
}
set -u
what= dir=/opt/holdfast/agent home=/var/lib/holdfast-agent quiet=
while [ $# -gt 0 ]; do
  case $1 in
    --keep | --retire | --delete) what=${1#--} ;;
    --install-dir) dir=$2; shift ;;
    --home) home=$2; shift ;;
    --quiet) quiet=yes ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
  shift
done
[ "$(id -u)" = 0 ] || { echo "uninstall.sh: root is needed" >&2; exit 1; }
if [ -z "$what" ]; then
  [ -t 0 ] || { usage >&2; exit 2; }
  printf 'What is to become of the data of this server at the vault: keep, retire or delete? '
  read -r what
fi
agent=$dir/current/bin/holdfast-agent
case $what in
  keep) ;;
  retire) "$agent" unregister --home "$home" --retire || exit 1 ;;
  delete) "$agent" unregister --home "$home" --request-deletion || exit 1 ;;
  *) usage >&2; exit 2 ;;
esac
if [ -d /run/systemd/system ]; then
  systemctl disable -q --now holdfast-agent 2> /dev/null
fi
rm -f /etc/systemd/system/holdfast-agent.service
[ "$(readlink /usr/local/bin/holdfast-agent)" != "$dir/current/bin/holdfast-agent" ] || rm -f /usr/local/bin/holdfast-agent
rm -rf "$dir/versions" "$dir/current"
rmdir "$dir" 2> /dev/null
[ "$what" = keep ] || rm -rf "$home"
[ -n "$quiet" ] || echo "Removed.$([ "$what" = keep ] && echo " State and registration stay in $home.")"
