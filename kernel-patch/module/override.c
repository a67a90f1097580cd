// SPDX-License-Identifier: GPL-2.0-only
/* bpf_override_regs: checks every value first, then writes; a refused call leaves the registers as they were. */
#include <linux/btf.h>
#include <linux/module.h>
#include "compat.h"
#include "kfunc.h"
#include "override.h"
#include "regs_override_abi.h"

#define RETURN_SLOT SLOT_OF(ax)
#define PC_SLOT SLOT_OF(ip)
/* General registers; what follows them in pt_regs (orig_ax, ip, segments, flags, sp) is not for writing. */
#define GENERAL_SLOTS (SLOT_OF(di) + 1)

static long check_values(const struct bpf_reg_value *vals, u32 n, u64 flags)
{
	bool has_return = false;
	u32 i;

	for (i = 0; i < n; i++) {
		if (vals[i].reserved)
			return -EINVAL;
		if (flags == BPF_OVERRIDE_PC ? vals[i].slot != PC_SLOT : vals[i].slot >= GENERAL_SLOTS)
			return -EINVAL;
		has_return |= vals[i].slot == RETURN_SLOT;
	}
	switch (flags) {
	case BPF_OVERRIDE_PARM:
		return 0;
	case BPF_OVERRIDE_RETURN:
		return has_return && n == 1 ? 0 : -EINVAL;
	case BPF_OVERRIDE_PARM_RETURN:
		return has_return ? 0 : -EINVAL;
	case BPF_OVERRIDE_PC:
		return n == 1 ? 0 : -EINVAL;
	}
	return -EINVAL;
}

static void write_values(struct pt_regs *regs, const struct bpf_reg_value *vals, u32 n)
{
	u32 i;

	for (i = 0; i < n; i++)
		((unsigned long *)regs)[vals[i].slot] = vals[i].value;
}

/* What PARM_RETURN returns: the last of the values for the return register. */
static u64 return_value(const struct bpf_reg_value *vals, u32 n)
{
	while (n-- > 1)
		if (vals[n].slot == RETURN_SLOT)
			break;
	return vals[n].value;
}

static long override_user(struct pt_regs *regs, const struct bpf_reg_value *vals, u32 n, u64 flags)
{
	long err;

	if (flags == BPF_OVERRIDE_PC)
		return user_go(regs, vals->value);
	if (flags & BPF_OVERRIDE_RETURN) {
		err = user_skip(regs, return_value(vals, n));
		if (err)
			return err;
	}
	write_values(regs, vals, n);
	return 0;
}

static bool writes_r11(const struct bpf_reg_value *vals, u32 n)
{
	while (n--)
		if (vals[n].slot == SLOT_OF(r11))
			return true;
	return false;
}

static long override_kernel(struct pt_regs *regs, const struct bpf_reg_value *vals, u32 n, u64 flags)
{
	struct kernel_site site;

	kernel_site_of(&site, regs);
	if (!policy_allows(site.known))
		return -EPERM;
	if ((flags & (BPF_OVERRIDE_RETURN | BPF_OVERRIDE_PC)) && !kernel_site_takes_ip(&site))
		return -EOPNOTSUPP;
	/* The ftrace trampoline does not give r11 back. */
	if (site.ftrace && (flags & BPF_OVERRIDE_PARM) && writes_r11(vals, n))
		return -EOPNOTSUPP;
	if (flags == BPF_OVERRIDE_PC) {
		if (!(kernel_address_known(vals->value) & SITE_START))
			return -EINVAL;
		regs->ip = vals->value;
	} else {
		write_values(regs, vals, n);
		if (flags & BPF_OVERRIDE_RETURN)
			regs->ip = (unsigned long)regs_override_skip;
	}
	report_hit(site.address, flags);
	return 0;
}

__bpf_kfunc_start_defs();

/**
 * bpf_override_regs - change the registers of the probed function
 * @ctx: the context of a kprobe, kretprobe, uprobe or uretprobe program
 * @vals: the values, on the program's stack
 * @vals__sz: their size in bytes, a multiple of 16
 * @flags: one of BPF_OVERRIDE_PARM, _RETURN, _PARM_RETURN, _PC
 *
 * Return: 0; -EINVAL for a wrong size, slot, flag, or a target that is no function entry; -EPERM when the level does
 * not allow this function; -EOPNOTSUPP when this probe cannot do it.
 */
__bpf_kfunc long bpf_override_regs(struct pt_regs *ctx, const struct bpf_reg_value *vals, u32 vals__sz, u64 flags)
{
	u32 n = vals__sz / sizeof(*vals);
	long err;

	if (!vals__sz || vals__sz % sizeof(*vals))
		return -EINVAL;
	err = check_values(vals, n, flags);
	if (err)
		return err;
	if (policy_level() == LEVEL_OFF)
		return -EPERM;
	if (user_mode(ctx))
		return override_user(ctx, vals, n, flags);
	return override_kernel(ctx, vals, n, flags);
}

__bpf_kfunc_end_defs();
