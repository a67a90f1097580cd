/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/linkage.h>

/* Reached by a return from the probe, never by an indirect call. x30 is as at the entry of the function: not signed. */
SYM_CODE_START(regs_override_return)
	ret
SYM_CODE_END(regs_override_return)
