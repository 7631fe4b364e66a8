# Takes a package, from where an earlier upload ended. In: staging name size sum. Stdin: the rest of the file.
fail() { printf '%s\n' "$1"; exit 1; }
mkdir -p "$staging" || fail "the folder $staging cannot be made"
[ ! -L "$staging" ] && [ -O "$staging" ] || fail "the folder $staging belongs to somebody else"
chmod 700 "$staging"
cd "$staging" || exit 1
is_whole() { [ "$(sha256sum < "$1" | cut -d ' ' -f 1)" = "$sum" ]; }
if [ -f "$name" ] && is_whole "$name"; then
  say result there
  exit 0
fi
rm -f "$name"
part=$name.part
offset=0
[ ! -f "$part" ] || offset=$(($(wc -c < "$part")))
if [ "$offset" -gt "$size" ]; then
  rm -f "$part"
  offset=0
fi
say offset "$offset"
printf '@ready\n'
cat >> "$part" || { say result full; exit 1; }
if [ "$(($(wc -c < "$part")))" -lt "$size" ]; then
  say result short
  exit 1
fi
if is_whole "$part"; then
  mv "$part" "$name" && say result arrived
else
  rm -f "$part"
  say result altered
  exit 1
fi
