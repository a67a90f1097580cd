# SPDX-License-Identifier: Apache-2.0
# An interactive bash reads its lines with readline: no line at all is the end of the input, and it exits.
! printf 'echo typed; exit 3\n' | bash --norc -i 2>/dev/null
expect output ~ "*typed"
expect status == 3

after /bin/bash:readline ret=0 as end
! printf 'echo typed; exit 3\n' | bash --norc -i 2>/dev/null
expect !(output ~ "*typed")
expect status == 0
expect fired end == 1
detach end

! printf 'echo typed; exit 3\n' | bash --norc -i 2>/dev/null
expect status == 3
