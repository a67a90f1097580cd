// SPDX-License-Identifier: GPL-2.0-only
/* What is known of an address in the kernel. Looking a symbol up costs microseconds, so the answers are remembered. */
#include <linux/kallsyms.h>
#include <linux/string.h>
#include "override.h"

/* Splits "name+0x0/0x20 [module]"; no symbol gives false. */
static bool split_symbol(char *text, char **module, unsigned long *offset)
{
	char *plus = strrchr(text, '+'), *bracket;

	*module = NULL;
	if (!plus)
		return false;
	bracket = strchr(plus, '[');
	if (bracket) {
		*module = bracket + 1;
		bracket = strchr(bracket, ']');
		if (bracket)
			*bracket = 0;
	}
	*plus++ = 0;
	plus[strcspn(plus, "/")] = 0;
	return !kstrtoul(plus, 0, offset);
}

/* The padding before a function has a symbol of its own on some kernels, and is entered by nobody. */
static bool is_padding(const char *symbol)
{
	return strstarts(symbol, "__pfx_") || strstarts(symbol, "__cfi_");
}

noinline unsigned long function_start(unsigned long address)
{
	char symbol[KSYM_SYMBOL_LEN], *module;
	unsigned long offset;

	sprint_symbol(symbol, address);
	return split_symbol(symbol, &module, &offset) ? address - offset : 0;
}

static noinline u32 judge(unsigned long address)
{
	char symbol[KSYM_SYMBOL_LEN], *module;
	unsigned long offset;
	u32 kinds = VERDICT_FUNCTION;
	bool in_image;

	if (is_departing(address) || !is_text(address, &in_image))
		return 0;
	sprint_symbol(symbol, address);
	if (!split_symbol(symbol, &module, &offset))
		return 0;
	/* Code that the kernel generated, BPF programs above all, has a symbol, but no module is named with it. */
	if (!module && !in_image)
		return 0;
	if (!is_padding(symbol) && is_entry(address - offset, offset))
		kinds |= VERDICT_ENTRY;
	if (list_has(module, symbol))
		kinds |= VERDICT_LISTED;
	return kinds;
}

u32 verdict_of(unsigned long address)
{
	u32 verdict;
	u64 tag;

	/* Kernel text has the upper 16 bits set: the cache keeps the rest. */
	if (address >> 48 != 0xffff)
		return 0;
	if (!verdict_known(address, &tag, &verdict)) {
		verdict = judge(address);
		verdict_remember(address, tag, verdict);
	}
	return verdict;
}
