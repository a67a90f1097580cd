/* SPDX-License-Identifier: GPL-2.0-only WITH Linux-syscall-note */
/* What BPF programs and the module agree on; the same as the patched kernels' helper. */
#ifndef REGS_OVERRIDE_ABI_H
#define REGS_OVERRIDE_ABI_H

#include <linux/types.h>

/* slot: index into bpf_user_pt_regs_t in words of 8 bytes (x86-64: r15 = 0 ... rdi = 14 ... rip = 16). */
struct bpf_reg_value {
	__u32 slot;
	__u32 reserved;
	__u64 value;
};

enum {
	BPF_OVERRIDE_PARM = 1,		/* write the registers; the function runs */
	BPF_OVERRIDE_RETURN = 2,	/* skip the function; it returns the one value given */
	BPF_OVERRIDE_PARM_RETURN = 3,	/* write the registers, the return register among them, and skip */
	BPF_OVERRIDE_PC = 4,		/* one value, for rip: go on at the entry of another function */
};

#endif
