// SPDX-License-Identifier: GPL-2.0-only
/* Where a user program stands at a uprobe, and how a function of it is left. */
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <linux/uprobes.h>
#include <asm/debug-monitors.h>
#ifdef CONFIG_ARM64_GCS
#include <asm/gcs.h>
#endif
#include "override.h"

/*
 * What is left in orig_x0, which is of use in system calls alone, by a hit that was moved to where pc is. It names the probe,
 * because what an earlier hit left stays there: at that one's own address it says another pc.
 */
static u64 mark_of(const struct pt_regs *regs)
{
#ifdef UPROBE_HONOURS_IP
	return (u64)current->utask->auprobe ^ regs->pc;
#else
	return 0;
#endif
}

bool user_at_probe(const struct pt_regs *regs)
{
	__le32 instruction;

	return regs->orig_x0 != mark_of(regs) &&
	       !copy_from_user_nofault(&instruction, (void __user *)regs->pc, sizeof(instruction)) &&
	       le32_to_cpu(instruction) == BRK64_OPCODE_UPROBES;
}

void user_moved(struct pt_regs *regs)
{
	regs->orig_x0 = mark_of(regs);
}

/* A return that the guarded control stack does not know of kills the task. */
static bool guarded_stack_active(void)
{
#ifdef CONFIG_ARM64_GCS
	return task_gcs_el0_enabled(current);
#else
	return false;
#endif
}

int user_return_address(const struct pt_regs *regs, unsigned long *address)
{
	if (guarded_stack_active())
		return -EOPNOTSUPP;
	*address = regs->regs[30];
	return 0;
}

void user_leave(struct pt_regs *regs)
{
}
