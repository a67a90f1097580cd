/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/* What a BPF program passes to bpf_override_regs(). */
#ifndef BPF_OVERRIDE_REGS_H
#define BPF_OVERRIDE_REGS_H

#include <linux/types.h>

/*
 * slot: index into bpf_user_pt_regs_t in 8-byte words (x86-64: r15 = 0 ... rdi = 14, rip = 16; arm64: x0 = 0 ... x29 = 29,
 * pc = 32); reserved: 0.
 */
struct bpf_reg_value {
	__u32 slot;
	__u32 reserved;
	__u64 value;
};

/*
 * RETURN, PARM_RETURN and PC move the instruction pointer: one move a hit, made last. A further move is refused, with
 * -EOPNOTSUPP after a skip, in the kernel even PARM then; PARM after PC is judged by where the pointer is by then.
 */
enum {
	BPF_OVERRIDE_PARM = 1,		/* write the registers, run the function */
	BPF_OVERRIDE_RETURN = 2,	/* skip the function; vals is the return register alone */
	BPF_OVERRIDE_PARM_RETURN = 3,	/* skip it, and write other registers as well */
	BPF_OVERRIDE_PC = 4,		/* go on at another function; vals is the instruction pointer alone */
};

#endif
