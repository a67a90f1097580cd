// SPDX-License-Identifier: GPL-2.0-only
/* Whether ftrace knows a function. */
#include <linux/kprobes.h>
#include "override.h"

/* A probe at its start goes through ftrace then. */
bool is_traced(const char *name, unsigned long address)
{
	struct kprobe look = { .flags = KPROBE_FLAG_DISABLED };
	bool through_ftrace;

	if (name)
		look.symbol_name = name;
	else
		look.addr = (kprobe_opcode_t *)address;
	if (register_kprobe(&look))
		return false;
	through_ftrace = kprobe_ftrace(&look);
	unregister_kprobe(&look);
	return through_ftrace;
}
