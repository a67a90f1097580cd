// SPDX-License-Identifier: GPL-2.0-only
/* Which kind of probe hit in the kernel, and in which function, as far as the registers of its program tell. */
#include <linux/ptrace.h>
#include "override.h"

int override_kernel(struct pt_regs *regs, const struct override *o)
{
	struct kernel_probe probe;
	unsigned long function;
	int err;

	if (returning(regs, &err, &function))
		return err ?: override_at_return(regs, o, function, verdict_of(function));

	/*
	 * As after the breakpoint, whichever way the probe was entered. After PC at this hit that names no entry, or no place
	 * of a breakpoint, so that neither RETURN nor PC can follow.
	 */
	probe.address = instruction_pointer(regs) - PC_BEHIND;
	probe.through_ftrace = through_ftrace(regs);
	probe.through_jump = through_jump(regs, probe.address);
	return override_at_probe(regs, o, &probe);
}
