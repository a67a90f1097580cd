/* SPDX-License-Identifier: GPL-2.0-only */
/* How this kernel offers bpf_override_regs() and bpf_override_mem(). */
#ifndef ENGINE_H
#define ENGINE_H

#include <stdbool.h>

struct engine {
	const char *name;	/* NULL: not at all */
	bool helper;		/* of our kernel patches */
	bool kfunc;		/* of the module */
	bool probe;		/* the module's own probes */
	int regs, mem;		/* the helper's number, the kfunc's BTF id, or 1; 0: there is none */
	int btf_fd;		/* kfunc: the module's BTF */
	int device;		/* probe: /dev/regs_override */
	const char *level;	/* the file that holds the level */
};

/* Found once: later, a test may have given up the privilege to look. ENGINE=probe in the environment leaves helper and kfunc out. */
const struct engine *engine(void);

#endif
