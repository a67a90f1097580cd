// SPDX-License-Identifier: GPL-2.0-only
/* The kfuncs, and who may load a program that calls it. */
#include <linux/bpf.h>
#include <linux/bpf_perf_event.h>
#include <linux/btf.h>
#include <linux/btf_ids.h>
#include <linux/module.h>
#include "override.h"

/* Before 6.9 and 6.8. */
#ifndef BTF_KFUNCS_START
#define BTF_KFUNCS_START(name) BTF_SET8_START(name)
#define BTF_KFUNCS_END(name) BTF_SET8_END(name)
#endif
#ifndef __bpf_kfunc_start_defs
#define __bpf_kfunc_start_defs() \
	__diag_push(); \
	__diag_ignore_all("-Wmissing-declarations", "called by programs"); \
	__diag_ignore_all("-Wmissing-prototypes", "called by programs")
#define __bpf_kfunc_end_defs() __diag_pop()
#endif

__bpf_kfunc_start_defs();

/**
 * bpf_override_regs() - change the registers with which a probed function goes on
 * @ctx: the context of a kprobe, kretprobe, uprobe or uretprobe program
 * @vals: the registers and their values; all are checked before any is written
 * @vals__sz: size of @vals in bytes, a multiple of 16
 * @flags: one of BPF_OVERRIDE_*
 *
 * Return: 0; -EINVAL for a request that no context allows; -EPERM where the level or the list does not allow this
 * function; -EOPNOTSUPP where this kind of probe cannot do it; -EFAULT if the user stack cannot be read.
 */
__bpf_kfunc long bpf_override_regs(bpf_user_pt_regs_t *ctx, const struct bpf_reg_value *vals, u32 vals__sz, u64 flags)
{
	struct pt_regs *regs = registers_of(ctx);
	struct override o;
	int err;

	err = override_request(&o, vals, vals__sz, flags);
	if (err)
		return err;
	return user_mode(regs) ? override_user(regs, &o) : override_kernel(regs, &o);
}

/**
 * bpf_override_mem() - store a value in kernel memory
 * @dst: a kernel address, a multiple of the size
 * @src: the value
 * @src__sz: 1, 2, 4 or 8 bytes
 * @flags: 0
 *
 * Return: 0; -EINVAL for another size, an unaligned address or flags; -EPERM below level 2; -EFAULT for what is no
 * kernel address, not mapped or read-only.
 */
__bpf_kfunc long bpf_override_mem(u64 dst, const void *src, u32 src__sz, u64 flags)
{
	return flags ? -EINVAL : override_memory(dst, src, src__sz);
}

__bpf_kfunc_end_defs();

BTF_KFUNCS_START(kfunc_ids)
BTF_ID_FLAGS(func, bpf_override_regs, KF_DESTRUCTIVE)
BTF_ID_FLAGS(func, bpf_override_mem, KF_DESTRUCTIVE)
BTF_KFUNCS_END(kfunc_ids)

static atomic64_t reported_load;

/*
 * Asked while a program is being loaded: the only moment when current is who wants the override. It is asked for this
 * module's kfuncs alone, by ids that kernels with relocated BTF (.BTF.base) have renumbered: kfunc_ids does not know
 * those, so whoever asks is answered. A kprobe.multi context is a copy that is not carried back into the registers.
 */
static int kfunc_filter(const struct bpf_prog *prog, u32 id)
{
	if (prog->type != BPF_PROG_TYPE_KPROBE)
		return -EACCES;
	switch (prog->expected_attach_type) {
	case 0:
#ifdef HAS_UPROBE_MULTI
	case BPF_TRACE_UPROBE_MULTI:
#endif
		break;
	default:
		return -EACCES;
	}
	if (may_override())
		return -EPERM;
	/* The verifier asks several times for one load. */
	if (atomic64_xchg(&reported_load, prog->aux->load_time) != prog->aux->load_time)
		report_program("loads", prog->aux->name);
	return 0;
}

static const struct btf_kfunc_id_set kfunc_set = {
	.owner = THIS_MODULE,
	.set = &kfunc_ids,
	.filter = kfunc_filter,
};

/* Without, the kernel takes the set and gives it to nobody. */
static bool has_types(void)
{
#ifdef CONFIG_DEBUG_INFO_BTF_MODULES
	return THIS_MODULE->btf_data_size;
#else
	return false;
#endif
}

int __init kfunc_init(void)
{
	int err = has_types() ? returns_init() : -ENOENT;

	if (err)
		return err;
	/* Before 6.10 kprobe programs have no set of their own, only what all types have. */
	return register_btf_kfunc_id_set(BPF_PROG_TYPE_KPROBE, &kfunc_set) ?
	       register_btf_kfunc_id_set(BPF_PROG_TYPE_UNSPEC, &kfunc_set) : 0;
}
