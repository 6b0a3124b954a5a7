#!/usr/bin/env bash
# Checks, without Docker, that the Dockerfile still builds what `make build` builds and ships it safely.
set -euo pipefail

cd "$(dirname "${BASH_SOURCE[0]}")/.."
failed=0

wrong() {
    printf 'Dockerfile: %s\n' "$*" >&2
    failed=1
}

instructions() { grep -E "^$1 " Dockerfile || true; }

final_stage() { awk '/^FROM / { stage = "" } { stage = stage $0 "\n" } END { printf "%s", stage }' Dockerfile; }

# The steps of `make build`, as make itself would run them.
same_steps() {
    local ours theirs
    theirs=$(make --no-print-directory --dry-run CARGO=cargo build)
    ours=$(instructions RUN | sed -n 's/^RUN \(\(scripts\/setup\.sh\|cargo\) .*\)/\1/p')
    [[ $ours == "$theirs" ]] || wrong "its steps differ from those of \`make build\`:" \
        "$(diff <(printf '%s\n' "$theirs") <(printf '%s\n' "$ours") || true)"
}

# The files that a step needs must have been copied before it; the program's own come from the build.
sources_exist() {
    local line word words
    while read -r line; do
        read -r -a words <<<"${line#COPY }"
        for word in "${words[@]:0:${#words[@]}-1}"; do
            source_exists "$word" "$line"
        done
    done < <(instructions COPY)
}

source_exists() {
    local word=$1 line=$2
    case $word in
        --*) return ;;
        /src/parts/ | /src/target/release/lectern) return ;; # made by the build
        /src/*) word=${word#/src/} ;;
    esac
    [[ -e $word ]] || wrong "$word does not exist ($line)"
    ! ignored "$word" || wrong "$word is in .dockerignore ($line)"
}

# Enough for the plain names that .dockerignore holds.
ignored() {
    local pattern
    while read -r pattern; do
        if [[ $1 == "$pattern" || $1 == "$pattern"/* ]]; then return; fi
    done <.dockerignore
    return 1
}

runs_safely() {
    local stage user
    stage=$(final_stage)
    user=$(sed -n 's/^USER //p' <<<"$stage" | tail -n 1)
    [[ -n $user && $user != root* && $user != 0* ]] || wrong "the final stage must not run as root"
    grep -q '^HEALTHCHECK ' <<<"$stage" || wrong "the final stage has no HEALTHCHECK"
    grep -q '"lectern", "health"' <<<"$stage" || wrong "the HEALTHCHECK must ask \`lectern health\`"
    grep -q 'LECTERN_TOKEN_FILE=' <<<"$stage" || wrong "the final stage listens for everyone, so it must name a token file"
    grep -q '^VOLUME /data' <<<"$stage" || wrong "the final stage keeps no /data"
    grep -q '^EXPOSE 8080' <<<"$stage" || wrong "the final stage does not expose 8080"
}

# The image's Rust must be able to build this.
new_enough() {
    local wanted found
    wanted=$(sed -n 's/^rust-version *= *"\(.*\)"/\1/p' Cargo.toml)
    found=$(sed -n 's/^FROM rust:\([0-9.]*\)-.*/\1/p' Dockerfile)
    [[ $(printf '%s\n' "$wanted" "$found" | sort -V | sed -n 1p) == "$wanted" ]] ||
        wrong "Rust $found is older than the $wanted that Cargo.toml asks for"
}

same_steps
sources_exist
runs_safely
new_enough
[[ $failed == 0 ]] || exit 1
echo 'Dockerfile: ok'
