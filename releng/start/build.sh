# Sourced by ./holdfast when there is something to build: finds JDK and Maven, builds, and keeps copies of products.
# Uses $here (the clone), $state (our files in it), say and die of the start script.

maven_version=3.9.16
maven_sha512=831a8591fe20c8243b1dbe7d71e3244f31d1665b0804b2e825e38cbbe5ce0cafb8338851f90780735568773e0a6cd07bbec107cda0b896b008b861075358b6f6
cache=${XDG_CACHE_HOME:-$HOME/.cache}/holdfast

search_jdk() {
  local candidate java
  java=$(type -P java || true)
  [ -n "$java" ] && java=$(cd "$(dirname "$(resolve "$java")")/.." && pwd -P)
  for candidate in "$java" /usr/lib/jvm/* "$HOME"/.sdkman/candidates/java/* \
    /Library/Java/JavaVirtualMachines/*/Contents/Home /opt/*jdk*; do
    if [ -n "$candidate" ] && is_jdk "$candidate"; then
      jdk=$candidate
      mkdir -p "$state" && printf '%s\n' "$jdk" > "$state/jdk"
      return
    fi
  done
  die "no JDK 25 found. Install one (for example Eclipse Temurin 25) and set JAVA_HOME, or put its bin folder on PATH." \
    "Looked at JAVA_HOME, PATH and /usr/lib/jvm."
}

resolve() { # a path with all symbolic links of its last part followed
  local path=$1 link
  while [ -L "$path" ]; do
    link=$(readlink "$path")
    case $link in /*) path=$link ;; *) path=${path%/*}/$link ;; esac
  done
  printf '%s\n' "$path"
}

# Only root installs packages, and only with apt-get; everybody else is told what to install.
install_packages() { # what-for package...
  local purpose=$1
  shift
  if [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    say "installing for $purpose: $*"
    {
      DEBIAN_FRONTEND=noninteractive apt-get -q update \
        && DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install "$@"
    } > "$state/packages.log" 2>&1 < /dev/null || {
      tail -n 20 "$state/packages.log" >&2
      die "apt-get could not install them; all of its output is in $state/packages.log"
    }
  else
    die "missing for $purpose. On Debian or Ubuntu: sudo apt-get install $*"
  fi
}

is_maven() { # 3.9 or a later 3.x: Tycho 5 needs it
  local version
  version=$(cd / && JAVA_HOME=$jdk "$1" -v 2> /dev/null | sed -n 's/^[^A]*Apache Maven \([0-9.]*\).*/\1/p') || return 1
  case $version in 3.9.* | 3.[1-9][0-9]*) ;; *) return 1 ;; esac
}

find_maven() {
  maven=$(type -P mvn || true)
  [ -n "$maven" ] && is_maven "$maven" && return
  local old=$maven folder=$cache/apache-maven-$maven_version temp file
  maven=$folder/bin/mvn
  [ -x "$maven" ] && return
  if [ -z "$old" ]; then
    install_packages "the build (Maven)" maven
    old=$(type -P mvn) || die "there is no mvn on the PATH, although its package is installed"
  fi
  say "fetching Maven $maven_version into $cache"
  mkdir -p "$cache"
  temp=$(mktemp -d "$cache/maven.XXXXXX")
  # Not from inside the clone: an older Maven cannot read its extensions. It does not know MAVEN_ARGS either.
  (cd "$temp" && JAVA_HOME=$jdk MAVEN_ARGS='' "$old" -B ${MAVEN_ARGS:-} \
    org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy -DoutputDirectory="$temp" \
    -Dartifact=org.apache.maven:apache-maven:$maven_version:tar.gz:bin) > "$state/maven.log" 2>&1 < /dev/null || {
    tail -n 20 "$state/maven.log" >&2
    rm -rf "$temp"
    die "could not fetch Maven $maven_version; all output is in $state/maven.log"
  }
  file=$temp/apache-maven-$maven_version-bin.tar.gz
  [ "$(sha512 "$file")" = $maven_sha512 ] || die "$file is not what was expected: its SHA-512 differs"
  tar -xzf "$file" -C "$temp"
  # Another run may have been faster; its folder is as good.
  mv "$temp/apache-maven-$maven_version" "$folder" 2> /dev/null || [ -x "$maven" ]
  rm -rf "$temp"
}

sha512() {
  if command -v sha512sum > /dev/null; then sha512sum "$1"; else shasum -a 512 "$1"; fi | cut -d ' ' -f 1
}

# One build at a time in a clone. The lock ends with the process that holds it.
lock() {
  mkdir -p "$state" || die "cannot write to $state"
  if command -v flock > /dev/null; then
    exec 9> "$state/lock"
    flock -n 9 || { say "waiting for another build in this clone to end" && flock 9; }
    return
  fi
  local told='' pid
  until mkdir "$state/lock.d" 2> /dev/null; do
    pid=$(cat "$state/lock.d/pid" 2> /dev/null || true)
    if [ -n "$pid" ] && ! kill -0 "$pid" 2> /dev/null; then
      rm -rf "$state/lock.d"
      continue
    fi
    [ -n "$told" ] || say "waiting for another build in this clone to end"
    told=yes
    sleep 1
  done
  printf '%s\n' $$ > "$state/lock.d/pid"
  trap unlock EXIT
}

unlock() {
  if command -v flock > /dev/null; then exec 9>&-; else rm -rf "$state/lock.d"; fi
}

run_maven() {
  (cd "$here" && JAVA_HOME=$jdk exec "$maven" -B "$@") 9>&-
}

# The modules of products, for Maven's -pl: their bundles, their features and themselves.
modules_of() { # product...
  local product folder list=''
  for folder in "$here"/bundles/org.holdfast.* "$here"/features/org.holdfast.* "$here"/tests/org.holdfast.*testkit \
    "$here"/tests/org.holdfast.azure.doubles; do
    [ -f "$folder/build.properties" ] || continue # what Git left of a removed bundle: its build results
    for product; do
      if is_in "$product" "${folder##*/}"; then
        list=$list:${folder##*/},
        break
      fi
    done
  done
  for product; do list=${list}releng/$product,; done
  printf '%s\n' "${list%,}"
}

# The bundles' tests are not built here, but their build files name the test kits, so these are part of a product's build.
is_in() { # product name
  local others other
  others_of "$1"
  set -f
  for other in $others; do
    # shellcheck disable=SC2254 # they are patterns
    case $2 in
      org.holdfast.$other) set +f && return 1 ;;
    esac
  done
  set +f
}

build_products() { # product...
  local product stale=()
  lock
  for product; do # another run that we waited for may have built some
    is_fresh "$product" || stale+=("$product")
  done
  if [ ${#stale[@]} = 0 ]; then
    unlock
    return
  fi
  set -- "${stale[@]}"
  find_maven
  say "building (the first time fetches libraries, later only changes are compiled)"
  for product; do touch "$state/$product.next"; done
  # Tycho compiles only the files that changed: callers of a changed method would keep their old code, and the classes
  # of deleted files would stay.
  rm -rf "$here"/bundles/*/target/classes
  if ! run_maven package -Dholdfast.host -Dmaven.test.skip=true -pl "$(modules_of "$@")" \
    > "$state/build.log" 2>&1 < /dev/null; then
    grep -E '^\[ERROR\]' "$state/build.log" | head -n 40 >&2
    die "the build failed; all of its output is in $state/build.log"
  fi
  for product; do
    case $product in cli) keep_cli ;; *) keep "$product" ;; esac
    mv "$state/$product.next" "$state/$product.stamp"
  done
  unlock
}

# Commands run from a copy, so that a later build never replaces a file under a running one.
copy_of() { # product: prints the name of a new folder below $state with the product's files
  local number=0 product
  while [ -e "$state/$1-$number" ]; do number=$((number + 1)); done
  set -- "$1" "$here/releng/$1"/target/products/*/*/*/*/holdfast
  [ -d "${2:-}" ] || set -- "$1" "$here/releng/$1"/target/products/*/*/*/*/holdfast.app/Contents/Eclipse # macOS
  [ -d "${2:-}" ] || die "the build made no product: see $state/build.log"
  mkdir "$state/$1-$number"
  cp -R "$2/." "$state/$1-$number"
  printf '%s\n' "$1-$number"
}

switch_to() { # product folder: makes the copy the current one; the one before stays, it may still be running
  local old before=''
  [ ! -f "$state/$1.current" ] || read -r before < "$state/$1.current"
  printf '%s\n' "$2" > "$state/$1.current.next"
  mv "$state/$1.current.next" "$state/$1.current"
  for old in "$state/$1"-*; do
    case ${old##*/} in "$2" | "$before") ;; *) rm -rf "$old" ;; esac
  done
}

keep() { # product
  local folder
  folder=$(copy_of "$1")
  switch_to "$1" "$folder"
}

# The command line runs its bundles on a plain class path, with a class-data cache from a training run.
keep_cli() {
  local folder plugins jar classpath=''
  folder=$(copy_of cli)
  plugins=$state/$folder/plugins
  for jar in "$plugins"/*.jar; do
    case ${jar##*/} in org.eclipse.* | org.osgi.* | org.apache.felix.*) continue ;; esac
    classpath=$classpath${classpath:+:}\$install/plugins/${jar##*/}
  done
  # Libraries of libraries: the one bundle that is a folder.
  for jar in "$plugins"/org.holdfast.azure.sdk_*/lib/*.jar; do
    classpath=$classpath:\$install/${jar#"$state/$folder/"}
  done
  # Warnings of the virtual machine would go to the standard output, among our results.
  cat > "$state/$folder/run.sh" << EOF
# Tables of ids are outside the heap and buffers have a fixed size, so a small heap does whatever the vault's size; what
# it does not do is run again with more by the program itself.
heap=48m
case \${1:-} in retain | verify | find | restore | demo | '') heap=96m ;; esac
case " \$* " in *' vault://'*) heap=192m ;; esac # what is read ahead over the wire
case \${1:-}/\${2:-} in server/install) heap=192m ;; esac # a session and its buffers for each host
# One arena for all threads: glibc would give each its own, and what compilers freed in theirs nobody else could use.
export MALLOC_ARENA_MAX=\${MALLOC_ARENA_MAX:-1}
options=(-XX:+UseSerialGC -Xms16m -Xmx\$heap -XX:MaxDirectMemorySize=64g --enable-native-access=ALL-UNNAMED)
options+=(-Xlog:disable -Xlog:all=error:stderr)
# A command lives for seconds: compile well what is hot for sure, and the rest only when it has proved to be.
options+=(-XX:Tier4InvocationThreshold=50000 -XX:Tier4MinInvocationThreshold=6000 -XX:Tier4CompileThreshold=150000
  -XX:Tier4BackEdgeThreshold=400000 -XX:CompileCommand=quiet)
for hot in 'com.sun.crypto.provider.GaloisCounterMode*' com.sun.crypto.provider.GHASH com.sun.crypto.provider.GCTR \\
  com.sun.crypto.provider.CounterMode org.holdfast.format.Chunker; do
  options+=("-XX:CompileCommand=CompileThresholdScaling,\$hot::*,0.1")
done
# The cache fits the options it was made with; with others the virtual machine would refuse to start.
[ -n "\${HOLDFAST_JAVA_OPTS:-}" ] || [ ! -f "\$install/cli.aot" ] || options+=("-XX:AOTCache=\$install/cli.aot")
options+=(\${HOLDFAST_JAVA_OPTS:-} -cp "$classpath")
EOF
  unpack_zstd "$state/$folder"
  train "$state/$folder"
  switch_to cli "$folder"
}

# Otherwise every start copies zstd's native library out of its jar into the temporary folder, and leaves it there when
# the process is killed.
unpack_zstd() { # folder
  local system machine library
  system=$(uname -s | tr '[:upper:]' '[:lower:]')
  machine=$(uname -m)
  case $system/$machine in
    linux/x86_64) machine=amd64 ;;
    */arm64) machine=aarch64 ;;
  esac
  mkdir "$1/native"
  (cd "$1/native" && "$jdk/bin/jar" xf "$1"/plugins/com.github.luben.zstd-jni_*.jar "$system/$machine")
  for library in "$1/native/$system/$machine"/*; do
    [ ! -f "$library" ] || printf 'options+=("-DZstdNativePath=$install/%s")\n' "${library#"$1"/}" >> "$1/run.sh"
  done
}

# A rehearsal of the commands on a few small files loads nearly every class that they need. Without a cache everything
# works too, only later, so there is nothing to fail here.
train() { # folder
  local install=$1 home=$1/training options port='' fingerprint='' stand_in=''
  . "$install/run.sh"
  mkdir -p "$home/data" "$home/work"
  cp -R "$here/releng/start" "$here/LICENSE" "$home/data"
  mkdir "$home/answers"
  stand_in "$home" || : > "$home/address"
  read -r port fingerprint < "$home/address" || true
  (cd "$home" && HOME=$home XDG_CACHE_HOME=$home/cache XDG_CONFIG_HOME=$home/config XDG_STATE_HOME=$home/state \
    HOLDFAST_LOGIN=$home/login.json \
    "$jdk/bin/java" -XX:AOTCacheOutput="$install/cli.aot" "${options[@]}" -Djava.io.tmpdir="$home" \
    org.holdfast.cli.Rehearsal data work ${port:+answers "127.0.0.1:$port" "$fingerprint"}) \
    >> "$state/build.log" 2>&1 < /dev/null 9>&- || true
  [ -z "${stand_in:-}" ] || kill "$stand_in" 2> /dev/null || true
  [ -f "$install/cli.aot" ] || printf 'there is no class-data cache: commands start more slowly\n' >> "$state/build.log"
  rm -rf "$home" "$install"/cli.aot.config
}

# A server for the commands that talk to one: sets $stand_in to its process, and writes where it listens.
stand_in() { # folder
  local tries=0
  "$jdk/bin/keytool" -genkeypair -alias rehearsal -keyalg EC -groupname secp256r1 -storetype PKCS12 -storepass rehearsal \
    -dname CN=rehearsal -ext san=ip:127.0.0.1 -keystore "$1/key.p12" >> "$state/build.log" 2>&1 || return 1
  "$jdk/bin/java" -XX:TieredStopAtLevel=1 "$here/releng/start/RehearsalVault.java" "$1/key.p12" "$1/answers" "$1/address" \
    >> "$state/build.log" 2>&1 < /dev/null 9>&- &
  stand_in=$!
  until [ -f "$1/address" ]; do
    tries=$((tries + 1))
    kill -0 "$stand_in" 2> /dev/null && [ $tries -lt 300 ] || return 1
    sleep 0.1
  done
}

run_build() { # everything for this machine, without tests
  lock
  find_maven
  run_maven package -Dholdfast.host -Dmaven.test.skip=true "$@"
}

run_package() { # [folder]: the agent's packages, for this system and for Windows
  local products=$here/releng/agent/target/products/org.holdfast.agent.product
  lock
  find_maven
  run_maven package -Dmaven.test.skip=true -pl "$(modules_of agent)" > "$state/build.log" 2>&1 < /dev/null || {
    grep -E '^\[ERROR\]' "$state/build.log" | head -n 40 >&2
    die "the build failed; all of its output is in $state/build.log"
  }
  "$here/releng/package/agent" "$jdk" "$products/linux/gtk/$(uname -m)/holdfast" \
    "$products/win32/win32/x86_64/holdfast" "${1:-dist}"
}

build_tour() { # sets $tour to the bundle that goes through the console's windows; it is no part of the product
  if [ -z "${HOLDFAST_NO_BUILD:-}" ]; then
    lock
    find_maven
    need_display
    run_maven package -Dholdfast.host -Dmaven.test.skip=true -pl "$(modules_of console),:org.holdfast.console.smoke" \
      > "$state/build.log" 2>&1 < /dev/null || die "the build failed; all of its output is in $state/build.log"
    unlock
  fi
  set -- "$here"/tests/org.holdfast.console.smoke/target/org.holdfast.console.smoke-*.jar
  tour=$1
}

run_format() { # writes every source in the project's one format
  lock
  find_maven
  run_maven -q -Dholdfast.host net.revelc.code.formatter:formatter-maven-plugin:format "$@"
}

need_display() {
  local missing='' pair
  for pair in Xvfb:xvfb xauth:xauth dbus-run-session:dbus-x11 openbox:openbox xwininfo:x11-utils xdotool:xdotool; do
    command -v "${pair%%:*}" > /dev/null || missing="$missing ${pair#*:}"
  done
  [ -n "$(ls /usr/lib/*/libgtk-3.so.0 /usr/lib64/libgtk-3.so.0 /usr/lib/libgtk-3.so.0 2> /dev/null)" ] \
    || missing="$missing libgtk-3-0"
  # shellcheck disable=SC2086 # one word for each package
  [ -z "$missing" ] || install_packages "the tests of the console" $missing
}

# Tests of the installation over SSH run as root where there is an sshd. Only continuous integration installs one: its
# package may start a service, which RUNLEVEL=1 asks it not to do.
need_sshd() {
  if [ -n "${CI:-}" ] && [ "$(id -u)" = 0 ] && [ ! -x /usr/sbin/sshd ] && command -v apt-get > /dev/null; then
    RUNLEVEL=1 install_packages "the tests of the installation over SSH" openssh-server openssh-client
  fi
}

# The emulator of Azure storage, in a folder outside the clone. Without it its tests are skipped, and say so.
need_azurite() {
  local version=3.35.0 folder temp
  folder=$cache/azurite-$version
  [ ! -f "$folder/node_modules/azurite/dist/src/blob/main.js" ] || return 0
  if ! command -v npm > /dev/null && [ -n "${CI:-}" ] && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
    install_packages "the tests of Azure storage" nodejs npm
  fi
  if ! command -v npm > /dev/null; then
    say "tests against Azurite are skipped: there is no npm to fetch it with"
    return 0
  fi
  say "fetching Azurite $version into $cache"
  mkdir -p "$cache"
  temp=$(mktemp -d "$cache/azurite.XXXXXX")
  if (cd "$temp" && npm install --no-audit --no-fund --no-save --ignore-scripts "azurite@$version") \
    > "$state/azurite.log" 2>&1 < /dev/null; then
    mv "$temp" "$folder" 2> /dev/null || rm -rf "$temp" # another run was faster
  else
    rm -rf "$temp"
    say "tests against Azurite are skipped: npm could not fetch it; its output is in $state/azurite.log"
  fi
}

# The whole build with all tests, and a line with their number at the end. A failed test does not stop the build, so
# that all of them run; the sum of the reports decides.
run_test() { # [--long] [Maven's options]: with --long half an hour of simulation instead of its share of a build
  if [ "${1:-}" = --long ]; then
    shift
    set -- -Dholdfast.simulation.seconds=1800 "$@"
  fi
  lock
  find_maven
  local screen=() status=0
  need_azurite
  if [ "$(uname -s)" = Linux ]; then
    need_display
    need_sshd
    screen=(xvfb-run -a -s '-screen 0 1600x1000x24 -noreset' dbus-run-session -- "$here/releng/start/with-window-manager")
  fi
  (cd "$here" && export JAVA_HOME=$jdk HOLDFAST_MAVEN=$maven GDK_BACKEND=x11 NO_AT_BRIDGE=1 \
    && exec ${screen[@]+"${screen[@]}"} "$maven" -B -Dmaven.test.failure.ignore=true clean verify "$@") 9>&- < /dev/null || status=$?
  "$here/releng/start/test-totals" "$here" || status=1
  return "$status"
}
