// SPDX-License-Identifier: GPL-2.0-only
/* From what a program hands over to a request, which is read once and checked as far as no context is needed for it. */
#include <linux/bits.h>
#include <linux/bitops.h>
#include <linux/errno.h>
#include "override.h"

/* r15 to rdi without orig_rax: what lies above is the stack pointer, the flags and the segments. */
#define GENERAL_SLOTS (GENMASK(SLOT_OF(di), 0))

static_assert(sizeof(struct bpf_reg_value) == 16);
static_assert(SLOT_OF(r15) == 0 && SLOT_OF(di) == 14 && SLOT_OF(ip) == 16);

/* The slots that may be given; 0: there are no such flags. */
static u32 slots_allowed(u64 flags)
{
	switch (flags) {
	case BPF_OVERRIDE_PARM:
	case BPF_OVERRIDE_PARM_RETURN:
		return GENERAL_SLOTS;
	case BPF_OVERRIDE_RETURN:
		return BIT(SLOT_OF(ax));
	case BPF_OVERRIDE_PC:
		return BIT(SLOT_OF(ip));
	default:
		return 0;
	}
}

/* The values may lie in a map that another CPU writes: each is read once, and what was checked is what is used. */
static int read_value(struct override *o, const struct bpf_reg_value *val, u32 allowed)
{
	u32 slot = READ_ONCE(val->slot);

	if (slot > SLOT_OF(ip) || !(allowed & BIT(slot)) || READ_ONCE(val->reserved))
		return -EINVAL;
	if (o->slots & BIT(slot))
		return -EINVAL;
	o->value[slot] = READ_ONCE(val->value);
	o->slots |= BIT(slot);
	return 0;
}

int override_request(struct override *o, const struct bpf_reg_value *vals, u32 size, u64 flags)
{
	u32 i, count = size / sizeof(*vals), allowed = slots_allowed(flags);
	int err;

	if (!size || size % sizeof(*vals))
		return -EINVAL;
	if (count > hweight32(allowed))
		return -EINVAL;
	o->flags = flags;
	o->slots = 0;
	for (i = 0; i < count; i++) {
		err = read_value(o, vals + i, allowed);
		if (err)
			return err;
	}
	if ((flags & BPF_OVERRIDE_RETURN) && !(o->slots & BIT(SLOT_OF(ax))))
		return -EINVAL;
	return READ_ONCE(override_level) == LEVEL_OFF ? -EPERM : 0;
}
