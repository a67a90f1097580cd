# SPDX-License-Identifier: Apache-2.0
# A package root of our own beside the machine's: the same mirror, more suites, nothing of the machine touched.
# shellcheck shell=bash disable=SC2154

# mirror_of ORIGIN_PATTERN: the address this machine fetches such an archive from.
mirror_of() {
    apt-get indextargets --format '$(REPO_URI)' 'Created-By: Packages' | sort -u | grep -E -m 1 -- "$1" || true
}

apt_root() { apt_root_of ''; }

# apt_root_of ARCHITECTURE: sets apt_options for packages of another architecture than the machine's, which are unpacked alone;
# the machine's own are NAME:amd64 there.
apt_root_of() {
    local root=$cache/apt${1:+-for-$1} key=/usr/share/keyrings/debian-archive-keyring.gpg main security
    main=$(mirror_of '/debian/?$')
    security=$(mirror_of '/debian-security/?$')
    if [ -z "$main" ] || [ -z "$security" ]; then
        # apt names an archive only once its lists are there.
        say "reading the machine's package lists"
        apt-get update -qq >&2 || true
        main=$(mirror_of '/debian/?$')
        security=$(mirror_of '/debian-security/?$')
    fi
    [ -n "$main" ] || die "this machine's package sources name no Debian mirror"
    mkdir -p "$root"/{lists/partial,cache/archives/partial}
    apt_options=(-qq -o "Dir::Etc::sourcelist=$root/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o "Dir::State::lists=$root/lists" -o "Dir::Cache=$root/cache" -o APT::Sandbox::User=root)
    [ -z "$1" ] || apt_options+=(-o "APT::Architecture=$1" -o "APT::Architectures::=$1" -o APT::Architectures::=amd64)
    locked "apt${1:+-for-$1}" read_lists "$root" "$1" || exit 1
}

# read_lists ROOT ARCHITECTURE: once a day, and when the sources are others.
read_lists() {
    local root=$1
    {
        echo "deb [signed-by=$key] $main bookworm main"
        echo "deb [signed-by=$key] $main bookworm-backports main"
        echo "deb [signed-by=$key] $main sid main"
        [ -z "$security" ] || echo "deb [signed-by=$key] $security bookworm-security main"
        [ -z "$security" ] || echo "deb [signed-by=$key] $security bullseye-security main"
        # The security archive keeps old kernels for the machine's architecture only.
        [ -z "$2" ] || echo "deb [signed-by=$key] $main bullseye main"
    } >"$root/sources.list.new"
    if cmp -s "$root/sources.list.new" "$root/sources.list" && [ -n "$(find "$root/stamp" -mtime -1 2>/dev/null)" ]; then
        return
    fi
    mv "$root/sources.list.new" "$root/sources.list"
    say "reading the package lists of the Debian mirror"
    apt-get "${apt_options[@]}" update >&2 || die "the Debian mirror cannot be read"
    touch "$root/stamp"
}

# apt_unpack FOLDER PACKAGE...: downloads packages and unpacks them below the folder.
apt_unpack() {
    local folder=$1 deb
    shift
    mkdir -p "$folder/debs"
    (cd "$folder/debs" && apt-get "${apt_options[@]}" download "$@" >&2) || die "cannot download $*"
    for deb in "$folder"/debs/*.deb; do
        dpkg-deb -x "$deb" "$folder"
    done
    rm -r "$folder/debs"
}
