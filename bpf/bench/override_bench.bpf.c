// SPDX-License-Identifier: GPL-2.0-only
/* What a programmer would write by hand for `on regsh_target_sum set rsi=40`, and for the kernel's own ways to skip a function. */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "bpf_override_regs.h"
#include "engine.h"

#define SLOT_RAX 10
#define SLOT_RSI 13

/* Counted as regsh counts: exactly, across CPUs. */
__u64 hits;

#define PROGRAMS(engine, override)									\
	SEC("?kprobe") int engine##_plain(struct pt_regs *ctx)						\
	{												\
		struct bpf_reg_value vals[] = { { SLOT_RSI, 0, 40 } };					\
													\
		override(ctx, vals, sizeof(vals), BPF_OVERRIDE_PARM);					\
		return 0;										\
	}												\
	SEC("?kprobe") int engine##_counted(struct pt_regs *ctx)					\
	{												\
		struct bpf_reg_value vals[] = { { SLOT_RSI, 0, 40 } };					\
													\
		__sync_fetch_and_add(&hits, 1);								\
		override(ctx, vals, sizeof(vals), BPF_OVERRIDE_PARM);					\
		return 0;										\
	}												\
	SEC("?kprobe") int engine##_skip(struct pt_regs *ctx)						\
	{												\
		struct bpf_reg_value vals[] = { { SLOT_RAX, 0, -12 } };					\
													\
		override(ctx, vals, sizeof(vals), BPF_OVERRIDE_RETURN);					\
		return 0;										\
	}

/* The nearest thing on a kernel that has neither: the values are handed over, and nobody takes them. */
struct {
	__uint(type, BPF_MAP_TYPE_QUEUE);
	__uint(max_entries, 1);
	__type(value, struct bpf_reg_value);
} queue SEC(".maps");

static __always_inline long push_aside(struct pt_regs *ctx, const struct bpf_reg_value *vals, __u32 vals__sz, __u64 flags)
{
	return bpf_map_push_elem(&queue, vals, BPF_EXIST);
}

PROGRAMS(kfunc, bpf_override_regs)
PROGRAMS(helper, override_regs_helper)
PROGRAMS(aside, push_aside)

/* No override at all: what a probe with a BPF program costs. */
SEC("?kprobe") int empty(struct pt_regs *ctx)
{
	return 0;
}

SEC("?kprobe") int override_return(struct pt_regs *ctx)
{
	bpf_override_return(ctx, -12);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
