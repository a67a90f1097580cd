/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* bpf_override_regs() by either way a kernel offers it: a helper (our patches) or a kfunc (the module regs_override). */
#ifndef ENGINE_H
#define ENGINE_H

/* The helper's number differs per kernel: programs call this one, which no kernel has, and choose_program() puts the real one in. */
#define HELPER_PLACEHOLDER 0x7fff

#ifdef __bpf__
/* A complete type: libbpf compares the kfunc's prototype with the kernel's. */
#include <linux/ptrace.h>

extern long bpf_override_regs(struct pt_regs *ctx, const struct bpf_reg_value *vals, __u32 vals__sz, __u64 flags) __ksym __weak;

static long (*override_regs_helper)(struct pt_regs *ctx, const struct bpf_reg_value *vals, __u32 vals__sz,
				    __u64 flags) = (void *)HELPER_PLACEHOLDER;
#else
struct bpf_program;

/* BPF_FUNC_override_regs of this kernel (its enum bpf_func_id); 0: it has none. */
int helper_number(void);

/* Has a program loaded with its object, its placeholder calls turned into those of the helper unless that is 0. 0 or -errno. */
int choose_program(struct bpf_program *program, int helper);
#endif

#endif
