// SPDX-License-Identifier: GPL-2.0-only
/* How a program's registers were saved in the kernel. */
#include <linux/ptrace.h>
#include <linux/uaccess.h>
#include <asm/debug-monitors.h>
#include "override.h"

bool through_ftrace(const struct pt_regs *regs)
{
	return false;
}

/*
 * While a hit runs its breakpoint stays: it is taken away where no CPU is in the middle of anything. Where there is none, the
 * probe has become a jump, as some distributions can make it, or the program counter was moved at this hit.
 */
bool through_jump(const struct pt_regs *regs, unsigned long address)
{
	__le32 instruction;

	return copy_from_kernel_nofault(&instruction, (void *)address, sizeof(instruction)) ||
	       le32_to_cpu(instruction) != BRK64_OPCODE_KPROBES;
}
