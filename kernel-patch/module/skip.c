// SPDX-License-Identifier: GPL-2.0-only
/*
 * Where a skipped function goes on: a bare return, which takes the caller's address from the stack. It is reached by
 * the return of the ftrace trampoline or of the breakpoint, never by an indirect branch, so it needs no ENDBR; ASM_RET
 * is the return the kernel was built for (return thunk or not). The kernel's own twin is not exported to modules.
 */
#include <linux/linkage.h>
#include <linux/objtool.h>
#include <asm/linkage.h>
#include "override.h"

asm(".pushsection .text\n"
    ".balign 16\n"
    ".globl regs_override_skip\n"
    ".type regs_override_skip, @function\n"
    "regs_override_skip:\n"
    ANNOTATE_NOENDBR
    "	" ASM_RET
    ".size regs_override_skip, . - regs_override_skip\n"
    ".popsection\n");
