# Unpacks the package and runs its installer. In: staging name install home extra (words for the installer).
cd "$staging" || exit 1
trap 'rm -rf "$staging/unpacked"' EXIT
trap 'exit 1' HUP INT TERM
rm -rf unpacked
mkdir unpacked && tar -xzf "$name" -C unpacked || { echo "unpacking failed"; exit 1; }
set -- unpacked/*/install.sh
[ -f "$1" ] || { echo "this is not a package of the agent: install.sh is missing"; exit 6; }
# shellcheck disable=SC2086 # these are several words
sh "$1" --quiet --install-dir "$install" --home "$home" $extra
code=$?
say code "$code"
[ "$code" != 0 ] || rm -f "$name"
exit "$code"
