# SPDX-License-Identifier: Apache-2.0
# Sourced after lib.sh: terminals of tmux, to which keys are sent and whose screens are read.
# shellcheck shell=bash disable=SC2154
export XDG_STATE_HOME=$work/state
trap 'tmux kill-server 2>/dev/null; rm -rf "$work"' EXIT
# A server that has lost its last session is on its way out, and takes no new one.
tmux -f /dev/null new-session -d -s always 'sleep 9999'

screen() { tmux capture-pane -p -t "$1"; }
# The last line that is not empty. Asked again and again while regsh starts on the same processor, so with few processes.
last_line() {
    local text
    text=$(screen "$1")
    text=${text%"${text##*[![:space:]]}"}
    printf '%s\n' "${text##*$'\n'}"
}
# The cursor stands behind an empty prompt.
prompt() { [ "$(last_line "$1")" = 'regsh>' ]; }
keys() { local name=$1; shift; tmux send-keys -t "$name" "$@"; }
has() { screen "$1" | grep -qF -- "$2"; }

# open NAME WIDTHxHEIGHT COMMAND: a terminal of that size; waits for the prompt
open() {
    tmux new-session -d -s "$1" -x "${2%x*}" -y "${2#*x}" "$3; echo STATUS=\$?; sleep 600"
    until_true 240 prompt "$1" || bad "$1" "no prompt: $(screen "$1")"
}
