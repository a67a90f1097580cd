// SPDX-License-Identifier: GPL-2.0-only
/*
 * Programs for a kprobe at regsh_target_sum(a, b, c): another second argument, another return value, both. Each exists
 * twice, since a kernel offers bpf_override_regs() as a helper (our patches) or as a kfunc (the module regs_override).
 */
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>
#include "bpf_override_regs.h"
#include "engine.h"
#include "override_args.h"

#define PROGRAMS(engine, override)									\
	SEC("?kprobe") int engine##_args(struct pt_regs *ctx)						\
	{												\
		struct bpf_reg_value vals[] = { { SLOT_RSI, 0, NEW_ARGUMENT } };			\
													\
		override(ctx, vals, sizeof(vals), BPF_OVERRIDE_PARM);					\
		return 0;										\
	}												\
	SEC("?kprobe") int engine##_return(struct pt_regs *ctx)						\
	{												\
		struct bpf_reg_value vals[] = { { SLOT_RAX, 0, NEW_RETURN } };				\
													\
		override(ctx, vals, sizeof(vals), BPF_OVERRIDE_RETURN);					\
		return 0;										\
	}												\
	SEC("?kprobe") int engine##_both(struct pt_regs *ctx)						\
	{												\
		struct bpf_reg_value vals[] = {								\
			{ SLOT_RSI, 0, NEW_ARGUMENT },							\
			{ SLOT_RAX, 0, NEW_RETURN },							\
		};											\
													\
		override(ctx, vals, sizeof(vals), BPF_OVERRIDE_PARM_RETURN);				\
		return 0;										\
	}

PROGRAMS(kfunc, bpf_override_regs)
PROGRAMS(helper, override_regs_helper)

char LICENSE[] SEC("license") = "GPL";
