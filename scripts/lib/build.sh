# SPDX-License-Identifier: Apache-2.0
# The Java build, left out when nothing it reads has changed.
# shellcheck shell=bash disable=SC2154

build_product() {
    local key stamp=$top/shell/target/built
    need gcc make libbpf-dev libelf-dev zlib1g-dev clang llvm
    key=$(cd "$top" && git ls-files -z -co --exclude-standard -- pom.xml grammar bpf native shell |
        xargs -0 sha256sum 2>/dev/null | sha256sum)
    [ "$(cat "$stamp" 2>/dev/null)" != "$key" ] || return 0
    say "building regsh with Maven"
    (cd "$top" && mvn -q -B -DskipTests package >&2) || die "the build failed"
    echo "$key" >"$stamp"
}
