# Starts the agent where no systemd does. In: install home.
[ ! -d /run/systemd/system ] || exit 0
command -v setsid > /dev/null 2>&1 && session=setsid || session=
# shellcheck disable=SC2086 # empty or one word
$session nohup "$install/current/bin/holdfast-agent" run --home "$home" < /dev/null > /dev/null 2>&1 &
say started yes
exit 0
