# SPDX-License-Identifier: Apache-2.0
# What of the Java code tests ran, by JaCoCo's agent in the JVMs of Maven and of the guests.
# shellcheck shell=bash disable=SC2154

jacoco=$(sed -n 's/.*<jacoco.version>\(.*\)<.*/\1/p' "$top/pom.xml")

# coverage_jar PART CLASSIFIER: the path of a jar of JaCoCo's, fetched by Maven where it is not there.
coverage_jar() {
    local name=org.jacoco.$1 path
    path=$HOME/.m2/repository/org/jacoco/$name/$jacoco/$name-$jacoco-$2.jar
    [ -f "$path" ] || (cd "$top" && mvn -B -ntp -q -N dependency:get -Dartifact="org.jacoco:$name:$jacoco:jar:$2" >&2) ||
        die "no $name $jacoco"
    echo "$path"
}

# In a guest all JVMs append to one file, which comes back with the results. One that is killed has written nothing.
coverage_in_guest() {
    local options=-XX:SharedArchiveFile=/opt/regsh/lib/regsh.jsa
    options+=" -javaagent:/share/jacoco.jar=destfile=/share/out/coverage.exec,includes=dev.regsh.*"
    printf 'REGSH_ARCHIVE_OPTION=%q' "$options"
}

# coverage_report EXEC...: of these files and of those that the unit tests left.
coverage_report() {
    local out=$top/scripts/out/coverage module arguments=() found=()
    mapfile -t found < <(ls "$@" "$top"/*/target/jacoco.exec "$top"/*/*/target/jacoco.exec 2>/dev/null)
    for module in grammar/base grammar bpf native shell/session shell; do
        arguments+=(--classfiles "$top/$module/target/classes" --sourcefiles "$top/$module/src/main/java")
    done
    rm -rf "$out"
    mkdir -p "$out"
    java -jar "$(coverage_jar cli nodeps)" report "${found[@]}" "${arguments[@]}" --name regsh --html "$out" \
        --csv "$out/coverage.csv" --xml "$out/coverage.xml" >/dev/null || die "no report of the coverage"
    awk -F, 'NR > 1 { missed += $4; covered += $5 }
        END { printf "== coverage: %.1f %% of the instructions; see scripts/out/coverage/index.html\n", 100 * covered / (missed + covered) }' \
        "$out/coverage.csv" >&2
}
