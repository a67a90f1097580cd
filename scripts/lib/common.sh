# SPDX-License-Identifier: Apache-2.0
# Sourced by every script: messages, packages, the cache.
# shellcheck shell=bash

top=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cache=${REGSH_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/regsh}
mkdir -p "$cache"

say() { printf '%s\n' "== $*" >&2; }
die() { printf '%s\n' "${0##*/}: $*" >&2; exit 1; }

# need PACKAGE...: installs the Debian packages that are missing.
need() {
    local missing=() package
    for package; do
        dpkg-query -W -f '${db:Status-Abbrev}' "$package" 2>/dev/null | grep -q '^ii' || missing+=("$package")
    done
    [ ${#missing[@]} -eq 0 ] && return
    [ "$(id -u)" = 0 ] || die "missing packages: ${missing[*]}; run as root, or: apt-get install ${missing[*]}"
    say "installing ${missing[*]}"
    DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "${missing[@]}" >"$cache/install.log" 2>&1 ||
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -qq -y "${missing[@]}" \
            >"$cache/install.log" 2>&1; } || { tail -5 "$cache/install.log" >&2; die "could not install ${missing[*]}"; }
}

# hash_of FILE...: one short hash of the contents and names of files and of all that is in folders.
hash_of() {
    local path
    for path; do
        [ -e "$path" ] && find "$path" -type f -print0
    done | sort -z | xargs -0 -r sha256sum | sha256sum | cut -c1-16
}

# locked NAME COMMAND...: one at a time across processes; the cache is shared.
locked() {
    local name=$1
    shift
    (
        flock -n 9 || { say "waiting for another run that makes $name"; flock 9; }
        "$@"
    ) 9>"$cache/$name.lock"
}

# tested_kernels [ARCHITECTURE]: the kernels that the end-to-end cases run on, where this tree has them.
tested_kernels() {
    if [ "${1:-}" = arm64 ]; then printf '%s\n' stock stock-6.1 stock-5.10 && return; fi
    printf '%s\n' stock latest stock-6.1 stock-5.10
    local kernel
    for kernel in 6.1 5.10; do
        [ ! -x "$top/scripts/lib/kernel-build" ] || echo "$kernel"
    done
}
