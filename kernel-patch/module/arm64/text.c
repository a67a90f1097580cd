// SPDX-License-Identifier: GPL-2.0-only
/* Text of the kernel, and where its functions begin. */
#include <linux/bits.h>
#include <linux/kernel.h>
#include <linux/pgtable.h>
#include <linux/uaccess.h>
#include <asm/memory.h>
#include <asm/sysreg.h>
#include "override.h"

/* Of a descriptor at any level; the last level has pages where the others have tables. */
#define VALID BIT_ULL(0)
#define TABLE BIT_ULL(1)
#define LEAF_PXN BIT_ULL(53)
#define TABLE_PXN BIT_ULL(59)

#define INDEX_BITS (PAGE_SHIFT - 3)

static u64 root_table(void)
{
	u64 base = read_sysreg(ttbr1_el1);

#ifdef CONFIG_ARM64_PA_BITS_52
	return (base & GENMASK_ULL(47, 6)) | (base & GENMASK_ULL(5, 2)) << 46;
#else
	return base & GENMASK_ULL(47, 1);
#endif
}

/*
 * Walks the kernel's page tables as the processor does, since modules can call nothing that does: the descriptor of the page
 * or block that the address is in, and how many bits of the address are in that. 0: not mapped, or in a table whose pages the
 * kernel may not execute.
 */
static u64 descriptor_of(unsigned long address, unsigned int *shift)
{
	unsigned int bits = 64 - (read_sysreg(tcr_el1) >> TCR_T1SZ_OFFSET & 63);
	u64 table = root_table(), descriptor, index;

	*shift = PAGE_SHIFT + (DIV_ROUND_UP(bits - PAGE_SHIFT, INDEX_BITS) - 1) * INDEX_BITS;
	for (;; bits = *shift, *shift -= INDEX_BITS) {
		index = (address & GENMASK_ULL(bits - 1, 0)) >> *shift;
		if (copy_from_kernel_nofault(&descriptor, (u64 *)__va(table) + index, sizeof(descriptor)))
			return 0;
		if (!(descriptor & VALID))
			return 0;
		if (*shift == PAGE_SHIFT)
			return descriptor & TABLE ? descriptor : 0;
		if (!(descriptor & TABLE))
			return descriptor;
		if (descriptor & TABLE_PXN)
			return 0;
		table = __pte_to_phys(__pte(descriptor));
	}
}

/* The image is mapped in one piece: what lies in it, and nothing else, is at that distance from its memory. */
bool is_text(unsigned long address, bool *in_image)
{
	unsigned int shift;
	u64 descriptor = descriptor_of(address, &shift), within;

	if (!descriptor || descriptor & LEAF_PXN)
		return false;
	within = GENMASK_ULL(shift - 1, 0);
	*in_image = ((__pte_to_phys(__pte(descriptor)) & ~within) | (address & within)) == address - kimage_voffset;
	return true;
}

bool is_entry(unsigned long function, unsigned long offset)
{
	return !offset;
}
