# SPDX-License-Identifier: Apache-2.0
# Sourced by the cases: each is run in the guest as root, prints one line a check, and ends with 1 if one failed.
# shellcheck disable=SC2034
# shellcheck shell=bash
failed=0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ok() { echo "ok   $1"; }
bad() { echo "FAIL $1: $2"; failed=1; }

# same NAME WANTED GOT
same() { if [ "$2" = "$3" ]; then ok "$1"; else bad "$1" "wanted '$2', got '$3'"; fi; }

# target CALL...: what the target function gives
target() { echo "$*" >/sys/kernel/debug/regsh_target/call && cat /sys/kernel/debug/regsh_target/result; }

# No probe of ours in the kernel's list, no program, and the function behaves again.
nothing_left() {
    local deadline=$((SECONDS + 60))
    while [ -s /sys/kernel/debug/kprobes/list ] && [ $SECONDS -lt $deadline ]; do sleep 0.2; done
    same "$1: no probe is left" "" "$(cat /sys/kernel/debug/kprobes/list)"
    same "$1: no program is left" "" "$(bpftool prog list 2>/dev/null | grep -c ' name regsh' | grep -v '^0$')"
    same "$1: the function behaves" 6 "$(target sum 1 2 3)"
}

# keeps: whether rules that override can be kept here; else $why_not has what doctor says.
keeps() {
    why_not=$(regsh --json doctor | sed -n 's/^{"kind":"check","name":"keep","ok":false,"found":"\([^"]*\)".*/\1/p')
    [ -z "$why_not" ]
}

# engine RULE: the one that it gets here
engine() { regsh plan "$1" | sed -n '1s/^engine \([a-z_]*\).*/\1/p'; }

# replay NAME: a script from stdin, kept for replayed
replay() {
    mkdir -p "$work/replay"
    cat >"$work/replay/$1.rsh"
    [ -s "$work/replay/$1.rsh" ] || bad "$1" "an empty script"
    echo "$1" >>"$work/replay/names"
}

# replayed: runs what replay was given in one session, since a start of regsh takes seconds in an emulated guest. A check for each:
# it comes to its end, with what it expects, and then leaves nothing. $work/log has what was said.
replayed() {
    local name line=2 status=0
    local left='cd /sys/kernel/debug; for i in 1 2 3 4 5; do [ ! -s kprobes/list ] || sleep 0.3; done; cat kprobes/list'
    left+='; cd regsh_target; echo sum 1 2 3 >call; cat result'
    {
        echo 'onerror continue'
        while read -r name; do
            printf '%s\n' "replay $work/replay/$name.rsh" 'detach all' "! $left" 'expect output == "6"'
        done <"$work/replay/names"
    } >"$work/replayed.rsh"
    regsh run "$work/replayed.rsh" >"$work/log" 2>&1 || status=$?
    while read -r name; do
        # Without a column it is no error: how far it is.
        if [ $status -gt 1 ] ||
            grep -qE "replayed.rsh:($line|$((line + 1))|$((line + 2))|$((line + 3))):[0-9]+:" "$work/log"; then
            bad "$name" "status $status: $(grep -E -A4 '^[^ ]+:[0-9]+:[0-9]+: ' "$work/log")"
        else
            ok "$name"
        fi
        line=$((line + 4))
    done <"$work/replay/names"
    rm -r "$work/replay"
}

# until SECONDS COMMAND...: waits for it to succeed
until_true() {
    local deadline=$((SECONDS + $1))
    shift
    until "$@" 2>/dev/null; do [ $SECONDS -lt $deadline ] || return 1; sleep 0.4; done
}

# of_this_machine SCRIPT: the script with the registers of this machine, which are written as x86-64's. There is no part of 8 or 16
# bits on arm64; where arguments and results lie, the calling conventions differ (language-abi*).
of_this_machine() {
    [ "$(uname -m)" = aarch64 ] || { cat "$1"; return; }
    case ${1##*/} in
        language-abi.rsh)
            sed -E 's/\brdx\b/x1/g; /regsh_target_wide/s/\brsi\b/x2/; s/\brsi\b/x1/g
                s/ && p\.large == 2 set/ set/; s/set f=0 e=0 write u64\[rsp\+8\]=0/set e=0 x6=0 write u64[sp]=0/' "$1"
            ;;
        language-abi-memory.rsh)
            # Nothing holds the address of such a result when the function returns.
            sed -E '/^after regsh_target_large /,/^detach/d; s/\brdi\b/x8/g
                s/when u64\[rsp\+8\] == 6 set e=0 write u64\[rsp\+8\]=1/when f == 6 set e=0 f=1/' "$1"
            ;;
        *)
            sed -E 's/\bsil=7 dh=1\b/w1=w1|7 w2=w2|0x100/; s/\bdil=1 dh=b dl=c r12w=a r13d=5 rbx=/w0=1 w1=b w2=c w12=a w13=5 x19=/
                s/set a=1 b=2 ret=3/set b=2 ret=3/
                s/\brdi\b/x0/g; s/\brsi\b/x1/g; s/\bedi\b/w0/g; s/\brax\b/x0/g; s/\brsp\b/sp/g' "$1"
            ;;
    esac
}
