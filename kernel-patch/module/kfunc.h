/* SPDX-License-Identifier: GPL-2.0-only */
/* The kfuncs, for BTF and for the set that registers them. */
#ifndef REGS_OVERRIDE_KFUNC_H
#define REGS_OVERRIDE_KFUNC_H

#include <linux/bpf.h>
#include <linux/ptrace.h>
#include "regs_override_abi.h"

__bpf_kfunc long bpf_override_regs(struct pt_regs *ctx, const struct bpf_reg_value *vals, u32 vals__sz, u64 flags);
__bpf_kfunc long bpf_override_mem(u64 dst, const void *src, u32 src__sz, u64 flags);

#endif
