// SPDX-License-Identifier: GPL-2.0-only
/* Overrides in the kernel: whether the level allows them, what a kind of probe can do, and doing it. */
#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/kernel.h>
#include "override.h"

/* Before 6.6. */
#ifndef abs_diff
#define abs_diff(a, b) ((a) > (b) ? (a) - (b) : (b) - (a))
#endif

int override_permitted(u32 verdict)
{
	if (!(verdict & VERDICT_FUNCTION))
		return -EPERM;
	switch (READ_ONCE(override_level)) {
	case LEVEL_ANY:
		return 0;
	case LEVEL_LISTED:
		return verdict & VERDICT_LISTED ? 0 : -EPERM;
	default:
		return -EPERM;
	}
}

static void report_once(unsigned long address, u32 verdict)
{
	if (verdict & VERDICT_REPORTED)
		return;
	verdict_reported(address);
	report_override(address, REPORT_KERNEL);
}

int override_at_return(struct pt_regs *regs, const struct override *o, unsigned long function, u32 verdict)
{
	if (o->flags != BPF_OVERRIDE_PARM)
		return -EOPNOTSUPP;
	override_write(regs, o);
	report_once(function, verdict);
	return 0;
}

/* Where a function can be sent: a function's entry, but not its own, where it would be probed again without end. */
static bool is_entry_of_another(unsigned long target, unsigned long probed)
{
	/* It may have two entries: before an ENDBR and behind it. */
	return verdict_of(target) & VERDICT_ENTRY && abs_diff(target, probed) > ENTRY_SIZE;
}

int override_at_probe(struct pt_regs *regs, const struct override *o, const struct kernel_probe *probe)
{
	unsigned long pc = instruction_pointer(regs);
	bool moves = o->flags != BPF_OVERRIDE_PARM;
	u32 verdict;
	int err;

	/* Skipped by an earlier call at this hit, or moved, and there is one move. */
	if (pc == (unsigned long)regs_override_return || (moves && pc != probe->address + PC_BEHIND))
		return -EOPNOTSUPP;
	if (o->flags == BPF_OVERRIDE_PC)
		will_send_to(o->value[SLOT_PC]);
	verdict = verdict_of(probe->address);
	if (o->flags == BPF_OVERRIDE_PC && !is_entry_of_another(o->value[SLOT_PC], probe->address))
		return -EINVAL;
	err = override_permitted(verdict);
	/* Whoever sends a call to a function overrides what that one is given. */
	if (!err && o->flags == BPF_OVERRIDE_PC)
		err = override_permitted(verdict_of(o->value[SLOT_PC]));
	if (err)
		return err;
	if (moves && (!(verdict & VERDICT_ENTRY) || probe->through_jump))
		return -EOPNOTSUPP;
	if (o->slots & SLOTS_NOT_AT_FTRACE && probe->through_ftrace)
		return -EOPNOTSUPP;

	override_write(regs, o);
	if (o->flags == BPF_OVERRIDE_PC)
		go_on_at(regs, o->value[SLOT_PC]);
	else if (moves)
		go_on_at(regs, (unsigned long)regs_override_return);
	report_once(probe->address, verdict);
	return 0;
}
