/* SPDX-License-Identifier: GPL-2.0-only */
/* How this kernel offers bpf_override_regs() and bpf_override_mem(). */
#ifndef ENGINE_H
#define ENGINE_H

#include <stdbool.h>

struct engine {
	const char *name;	/* NULL: not at all */
	bool helper;		/* of our kernel patches; or a kfunc of the module */
	int regs, mem;		/* the helper's number, or the kfunc's BTF id; 0: there is none */
	int btf_fd;		/* the module's BTF */
	const char *level;	/* the file that holds the level */
};

/* Found once: later, a test may have given up the privilege to look. */
const struct engine *engine(void);

#endif
