# SPDX-License-Identifier: Apache-2.0
# An interactive bash reads its lines with readline: it runs another line than was typed, and none at all is the end of its
# input.
! printf 'echo typed; exit 3\n' | bash --norc -i 2>/dev/null
expect output ~ "*typed"
expect status == 3

# The sixth letter becomes a T, in the process's own memory.
after /bin/bash:readline when ret != 0 limit 1 write user u8[ret+5] = 0x54 as other
! printf 'echo typed; exit 3\n' | bash --norc -i 2>/dev/null
expect output ~ "*Typed"
expect status == 3
detach other

after /bin/bash:readline ret=0 as end
! printf 'echo typed; exit 3\n' | bash --norc -i 2>/dev/null
expect !(output ~ "*typed")
expect status == 0
expect fired end == 1
detach end

! printf 'echo typed; exit 3\n' | bash --norc -i 2>/dev/null
expect status == 3
