// SPDX-License-Identifier: GPL-2.0-only
/* How a program's registers were saved in the kernel. */
#include <linux/ptrace.h>
#include <linux/uaccess.h>
#include "override.h"

#define INT3 0xcc

/*
 * Each of the three ways into a probe leaves its own registers. A function entered through ftrace has orig_ax 0 (or
 * the address of a direct call); the exception and the jump have -1. The jump's detour saves the registers right
 * below the stack it interrupted; the exception leaves a gap there.
 */
bool through_ftrace(const struct pt_regs *regs)
{
	return regs->orig_ax != -1UL;
}

bool through_jump(const struct pt_regs *regs, unsigned long address)
{
	u8 byte;

	if (through_ftrace(regs))
		return false;
	if (regs->sp == (unsigned long)(regs + 1))
		return true;
	return copy_from_kernel_nofault(&byte, (void *)address, 1) || byte != INT3;
}
