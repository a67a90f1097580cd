// SPDX-License-Identifier: GPL-2.0-only
/*
 * The verdicts that were found. A probe may hit anywhere, in an NMI too: an entry of the table is one word, written whole,
 * and there are no locks.
 */
#include <linux/atomic.h>
#include <linux/hash.h>
#include "override.h"

#define TABLE_BITS 10
#define KIND_BITS 4
#define GENERATION_BITS 12
#define KINDS GENMASK_ULL(KIND_BITS - 1, 0)

/* 48 bits of the address, the generation, the kinds. */
static u64 table[1 << TABLE_BITS];
static atomic_t generation = ATOMIC_INIT(0);

static u64 *entry_of(unsigned long address)
{
	return &table[hash_long(address, TABLE_BITS)];
}

static u64 tag_of(unsigned long address)
{
	u64 now = atomic_read(&generation) & GENMASK(GENERATION_BITS - 1, 0);

	return (u64)address << (KIND_BITS + GENERATION_BITS) | now << KIND_BITS;
}

bool verdict_known(unsigned long address, u64 *tag, u32 *verdict)
{
	u64 word;

	*tag = tag_of(address);
	word = READ_ONCE(*entry_of(address));
	*verdict = word & KINDS;
	if ((word & ~KINDS) == *tag)
		return true;
	/* The tag was taken before the look-up: what a flush overtakes is stale at once. */
	smp_rmb();
	return false;
}

void verdict_remember(unsigned long address, u64 tag, u32 verdict)
{
	WRITE_ONCE(*entry_of(address), tag | verdict);
}

void verdict_reported(unsigned long address)
{
	u64 *entry = entry_of(address), word = READ_ONCE(*entry);

	if ((word & ~KINDS) == tag_of(address))
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
