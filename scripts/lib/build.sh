# SPDX-License-Identifier: Apache-2.0
# The Java build, left out when nothing it reads has changed.
# shellcheck shell=bash disable=SC2154

build_packages=(gcc g++ make libbpf-dev libelf-dev zlib1g-dev clang llvm bpftool)

build_key() {
    (cd "$top" && git ls-files -z -co --exclude-standard -- pom.xml grammar bpf native shell kernel-patch/module |
        xargs -0 sha256sum 2>/dev/null | sha256sum)
}

# built: says that the tree is built as it is now.
built() { build_key >"$top/shell/target/built"; }

build_product() {
    need "${build_packages[@]}"
    up_to_date || locked "build-$(echo "$top" | sha256sum | cut -c1-8)" build
}

up_to_date() { [ "$(cat "$top/shell/target/built" 2>/dev/null)" = "$(build_key)" ]; }

build() {
    ! up_to_date || return 0
    say "building regsh with Maven"
    (cd "$top" && mvn -B -ntp -Dstyle.color=never -DskipTests package 2>&1 |
        sed -nE 's/^\[INFO\] Building (regsh .*) [0-9].*/   \1/p; /^\[(ERROR|WARNING)\]/p' >&2) || die "the build failed"
    built
}
