// SPDX-License-Identifier: GPL-2.0-only
/* From what a program hands over to a request, which is read once and checked as far as no context is needed for it. */
#include <linux/bits.h>
#include <linux/bitops.h>
#include <linux/errno.h>
#include "override.h"

static_assert(sizeof(struct bpf_reg_value) == 16);

/* The slots that may be given; 0: there are no such flags. */
static unsigned long slots_allowed(u64 flags)
{
	switch (flags) {
	case BPF_OVERRIDE_PARM:
	case BPF_OVERRIDE_PARM_RETURN:
		return SLOTS_GENERAL;
	case BPF_OVERRIDE_RETURN:
		return BIT(SLOT_RETURN);
	case BPF_OVERRIDE_PC:
		return BIT(SLOT_PC);
	default:
		return 0;
	}
}

/* The values may lie in a map that another CPU writes: each is read once, and what was checked is what is used. */
static int read_value(struct override *o, const struct bpf_reg_value *val, unsigned long allowed)
{
	u32 slot = READ_ONCE(val->slot);

	if (slot > SLOT_PC || !(allowed & BIT(slot)) || READ_ONCE(val->reserved))
		return -EINVAL;
	if (o->slots & BIT(slot))
		return -EINVAL;
	o->value[slot] = READ_ONCE(val->value);
	o->slots |= BIT(slot);
	return 0;
}

int override_request(struct override *o, const struct bpf_reg_value *vals, u32 size, u64 flags)
{
	unsigned long allowed = slots_allowed(flags);
	u32 i, count = size / sizeof(*vals);
	int err;

	if (!size || size % sizeof(*vals))
		return -EINVAL;
	if (count > hweight_long(allowed))
		return -EINVAL;
	o->flags = flags;
	o->slots = 0;
	for (i = 0; i < count; i++) {
		err = read_value(o, vals + i, allowed);
		if (err)
			return err;
	}
	if ((flags & BPF_OVERRIDE_RETURN) && !(o->slots & BIT(SLOT_RETURN)))
		return -EINVAL;
	return READ_ONCE(override_level) == LEVEL_OFF ? -EPERM : 0;
}
