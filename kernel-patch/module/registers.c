// SPDX-License-Identifier: GPL-2.0-only
/* What every context does alike: the registers of a request are written. The instruction pointer is not among them. */
#include <linux/bitops.h>
#include "override.h"

void override_write(struct pt_regs *regs, const struct override *o)
{
	unsigned long *reg = (unsigned long *)regs, slots = o->slots;
	unsigned int slot;

	for (slots &= BIT(SLOT_PC) - 1; slots; slots &= slots - 1) {
		slot = __ffs(slots);
		reg[slot] = o->value[slot];
	}
}
