# Asks the agent how it is. In: install home.
say status "$("$install/current/bin/holdfast-agent" status --home "$home" --json 2> /dev/null | tr -d '\r\n')"
exit 0
