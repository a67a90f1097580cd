// SPDX-License-Identifier: GPL-2.0-only
/* Overrides in user programs, from uprobes and uretprobes. */
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/uprobes.h>
#include "override.h"

/*
 * The kernel sets auprobe around the handlers of a uprobe, be it a breakpoint or optimised, and not around those of a
 * uretprobe. A kernel that ignores a changed instruction pointer needs no answer, and may be too old to have the field.
 */
static bool in_entry_handlers(void)
{
#ifdef UPROBE_HONOURS_IP
	return current->utask && current->utask->auprobe;
#else
	return false;
#endif
}

int override_user(struct pt_regs *regs, const struct override *o)
{
	unsigned long target, address = instruction_pointer(regs);
	int err;

	if (o->flags == BPF_OVERRIDE_PC) {
		target = o->value[SLOT_PC];
		if (!target || target >= USER_END)
			return -EINVAL;
	}
	if (!is_user_64bit(regs))
		return -EOPNOTSUPP;
	if (o->flags != BPF_OVERRIDE_PARM && !(in_entry_handlers() && user_at_probe(regs)))
		return -EOPNOTSUPP;
	if (o->flags & BPF_OVERRIDE_RETURN) {
		err = user_return_address(regs, &target);
		if (err)
			return err;
		if (!target || target >= USER_END)
			return -EOPNOTSUPP;
		user_leave(regs);
	}
	override_write(regs, o);
	if (o->flags != BPF_OVERRIDE_PARM) {
		go_on_at(regs, target);
		user_moved(regs);
	}
	report_override(address, REPORT_USER);
	return 0;
}
