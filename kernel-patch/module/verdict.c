// SPDX-License-Identifier: GPL-2.0-only
/*
 * What is known of an address in the kernel. Looking a symbol up costs microseconds, so the answers are kept in a
 * table. A probe may hit anywhere, in an NMI too: an entry is one word, written whole, and there are no locks.
 */
#include <linux/atomic.h>
#include <linux/hash.h>
#include <linux/kallsyms.h>
#include <linux/pgtable.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "override.h"

#define TABLE_BITS 10
#define KIND_BITS 4
#define GENERATION_BITS 12

#define ENDBR64 0xfa1e0ff3
/* What the kernel writes over an ENDBR that nothing needs: nopw (%rax). */
#define SEALED_ENDBR 0x001f0f66
/* The same in later kernels: the first bytes of nopl 0(%rax). */
#define SEALED_ENDBR_NOP4 0x401f0f

/* 48 bits of the address, the generation, the kinds. */
static u64 table[1 << TABLE_BITS];
static atomic_t generation = ATOMIC_INIT(0);

static bool executable(unsigned long address)
{
	unsigned int level;
	pte_t *pte = lookup_address(address, &level);

	return pte && pte_present(*pte) && !(pte_flags(*pte) & _PAGE_NX);
}

static bool starts_with_endbr(unsigned long function)
{
	u32 instruction;

	if (copy_from_kernel_nofault(&instruction, (void *)function, sizeof(instruction)))
		return false;
	return instruction == ENDBR64 || instruction == SEALED_ENDBR || (instruction & 0xffffff) == SEALED_ENDBR_NOP4;
}

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

static noinline u32 judge(unsigned long address)
{
	char symbol[KSYM_SYMBOL_LEN], *module;
	unsigned long offset;
	u32 kinds = VERDICT_FUNCTION;

	if (is_departing(address) || !executable(address))
		return 0;
	sprint_symbol(symbol, address);
	if (!split_symbol(symbol, &module, &offset))
		return 0;
	/* Code that the kernel generated, BPF programs above all, has a symbol, but no module is named with it. */
	if (!module && address >= MODULES_VADDR)
		return 0;
	if (!is_padding(symbol) && (!offset || (offset == ENDBR_SIZE && starts_with_endbr(address - offset))))
		kinds |= VERDICT_ENTRY;
	if (list_has(module, symbol))
		kinds |= VERDICT_LISTED;
	return kinds;
}

static u64 tag_of(unsigned long address)
{
	u64 now = atomic_read(&generation) & GENMASK(GENERATION_BITS - 1, 0);

	return (u64)address << (KIND_BITS + GENERATION_BITS) | now << KIND_BITS;
}

u32 verdict_of(unsigned long address)
{
	u64 *entry = &table[hash_long(address, TABLE_BITS)];
	u64 tag = tag_of(address), word = READ_ONCE(*entry);
	u32 kinds;

	/* Kernel text has the upper 16 bits set: the tag keeps the rest. */
	if (address >> 48 != 0xffff)
		return 0;
	if ((word & ~GENMASK_ULL(KIND_BITS - 1, 0)) == tag)
		return word & GENMASK(KIND_BITS - 1, 0);
	/* The tag was taken before the look-up: what a flush overtakes is stale at once. */
	smp_rmb();
	kinds = judge(address);
	WRITE_ONCE(*entry, tag | kinds);
	return kinds;
}

void verdict_reported(unsigned long address)
{
	u64 *entry = &table[hash_long(address, TABLE_BITS)], word = READ_ONCE(*entry);

	if ((word & ~GENMASK_ULL(KIND_BITS - 1, 0)) == tag_of(address))
		cmpxchg64(entry, word, word | VERDICT_REPORTED);
}

void verdict_flush(void)
{
	int i;

	/* What the caller changed is seen by whoever sees the new generation. */
	smp_mb__before_atomic();
	atomic_inc(&generation);
	/* Generations come round again; no entry may wait for that. */
	for (i = 0; i < ARRAY_SIZE(table); i++)
		WRITE_ONCE(table[i], 0);
}
