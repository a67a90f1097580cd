// SPDX-License-Identifier: GPL-2.0-only
/* Overrides in user programs, from uprobes and uretprobes. */
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include <uapi/asm/prctl.h>
#include "override.h"

#define INT3 0xcc

#ifdef UPROBE_HONOURS_IP
#define ip_honoured true
#else
#define ip_honoured false
#endif

/* At a uprobe ip is the breakpoint; a uretprobe sees the return address, where none is. */
static bool at_breakpoint(const struct pt_regs *regs)
{
	u8 byte;

	return !copy_from_user_nofault(&byte, (void __user *)regs->ip, 1) && byte == INT3;
}

/* A return that the shadow stack does not know of kills the task. */
static bool shadow_stack_active(void)
{
#ifdef CONFIG_X86_USER_SHADOW_STACK
	return current->thread.features & ARCH_SHSTK_SHSTK;
#else
	return false;
#endif
}

int override_user(struct pt_regs *regs, const struct override *o)
{
	unsigned long target;

	if (o->flags == BPF_OVERRIDE_PC) {
		target = o->value[SLOT_OF(ip)];
		if (!target || target >= TASK_SIZE_MAX)
			return -EINVAL;
	}
	if (!user_64bit_mode(regs))
		return -EOPNOTSUPP;
	if (o->flags != BPF_OVERRIDE_PARM && (!ip_honoured || !at_breakpoint(regs)))
		return -EOPNOTSUPP;
	if (o->flags & BPF_OVERRIDE_RETURN) {
		if (shadow_stack_active())
			return -EOPNOTSUPP;
		if (copy_from_user_nofault(&target, (void __user *)regs->sp, sizeof(target)))
			return -EFAULT;
		if (!target || target >= TASK_SIZE_MAX)
			return -EOPNOTSUPP;
		regs->sp += sizeof(target);
	}
	override_write(regs, o);
	if (o->flags != BPF_OVERRIDE_PARM)
		regs->ip = target;
	report_override(regs->ip, true);
	return 0;
}
