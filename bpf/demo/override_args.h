/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* What the programs and the one who loads them agree on. */
#ifndef OVERRIDE_ARGS_H
#define OVERRIDE_ARGS_H

/* struct pt_regs of x86-64 in words (arch/x86/include/uapi/asm/ptrace.h). */
#define SLOT_RAX 10
#define SLOT_RSI 13

#define NEW_ARGUMENT 40
#define NEW_RETURN (-12)

#endif
