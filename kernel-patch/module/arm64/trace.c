// SPDX-License-Identifier: GPL-2.0-only
/* Whether ftrace knows a function. */
#include <linux/kprobes.h>
#include "override.h"

/* What a function that ftrace knows begins with, after a BTI if it has one: the kernel has put it there, mov x9, x30. */
#define SAVE_LR 0xaa1e03e9
#define BTI_C 0xd503245f

/* The instruction there, be it below a breakpoint; 0 where there can be none. */
static u32 instruction_at(const char *name, unsigned long address, unsigned int offset)
{
	struct kprobe look = { .flags = KPROBE_FLAG_DISABLED, .offset = offset };
	u32 instruction;

	if (name)
		look.symbol_name = name;
	else
		look.addr = (kprobe_opcode_t *)address;
	if (register_kprobe(&look))
		return 0;
	instruction = look.opcode;
	unregister_kprobe(&look);
	return instruction;
}

bool is_traced(const char *name, unsigned long address)
{
	u32 first = instruction_at(name, address, 0);

	return first == SAVE_LR || (first == BTI_C && instruction_at(name, address, sizeof(first)) == SAVE_LR);
}
