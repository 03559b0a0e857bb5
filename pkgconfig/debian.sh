# Sourced by examples/run and tests/run: packages, the place to build in, and the build itself.

build_packages="gcc g++ cmake ninja-build pkg-config libsqlite3-dev libcjson-dev libsodium-dev libzip-dev tzdata
  swig python3-dev python3-numpy php-cli php-dev"
test_packages="check locales python3-venv chromium fonts-dejavu-core fonts-droid-fallback"

# Installs what is missing. Who is not root is told what root must do.
need_packages() {
    missing=""
    for package in "$@"; do
        case "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" in
        installed) ;;
        *) missing="$missing $package" ;;
        esac
    done
    [ -z "$missing" ] && return 0
    if [ "$(id -u)" -ne 0 ]; then
        echo "These Debian packages are missing:$missing" >&2
        echo "As root: apt-get update && apt-get install --no-install-recommends$missing" >&2
        exit 1
    fi
    echo "Installing$missing"
    export DEBIAN_FRONTEND=noninteractive
    told=$(mktemp)
    { apt-get -qq update && apt-get -qq install -y --no-install-recommends $missing; } >"$told" 2>&1 || {
        cat "$told" >&2
        rm -f "$told"
        echo "The packages could not be installed; the messages above say why." >&2
        exit 1
    }
    rm -f "$told"
}

# A folder of this name that we may write to: build/NAME, or one below the user's cache where the checkout or an earlier build is
# somebody else's.
build_folder() {
    folder="$root/build/$1"
    if { [ -d "$folder" ] && [ -w "$folder" ] && [ -w "$folder/CMakeCache.txt" -o ! -e "$folder/CMakeCache.txt" ]; } ||
        { [ ! -e "$folder" ] && mkdir -p "$folder" 2>/dev/null; }; then
        echo "$folder"
        return
    fi
    folder="${XDG_CACHE_HOME:-$HOME/.cache}/libpersonalize/$1"
    mkdir -p "$folder" && echo "$folder"
}

# build FOLDER [cmake option...]: configures and builds, quietly unless it fails.
build() {
    build_in="$1"
    shift
    { cmake -S "$root" -B "$build_in" -G Ninja -DCMAKE_BUILD_TYPE=Release "$@" && cmake --build "$build_in"; } >"$build_in/build.log" 2>&1 || {
        tail -n 60 "$build_in/build.log" >&2
        echo "The build failed; all of it is in $build_in/build.log" >&2
        exit 1
    }
}
