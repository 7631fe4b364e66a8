# Read by the start scripts beside it: ends them with a clear message when $java is no Java 25 or newer, which would
# only complain about options that it does not know. $program is who says so. The runtime's own folder says which
# version it is; asking the runtime is slower, and for one without such a file.
command -v "$java" > /dev/null || {
  echo "$program: no Java found ($java). Install a Java 25 runtime and set JAVA_HOME." >&2
  exit 1
}
found=$(command -v "$java")
while [ -L "$found" ]; do
  link=$(readlink "$found")
  case $link in /*) found=$link ;; *) found=${found%/*}/$link ;; esac
done
version=
if [ -r "${found%/*}/../release" ]; then
  while IFS='=' read -r name value; do
    [ "$name" != JAVA_VERSION ] || version=$value
  done < "${found%/*}/../release"
else
  version=$("$java" -version 2>&1 | sed -n 's/.* version \("[^"]*"\).*/\1/p')
fi
version=${version#\"}
version=${version#1.} # that is how versions up to 8 begin
version=${version%%[!0-9]*}
if [ "${version:-0}" -lt 25 ]; then
  echo "$program: $java is Java ${version:-of an unknown version}. Holdfast needs Java 25 or newer: set JAVA_HOME." >&2
  exit 1
fi
