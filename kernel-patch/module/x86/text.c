// SPDX-License-Identifier: GPL-2.0-only
/* Text of the kernel, and where its functions begin. */
#include <linux/pgtable.h>
#include <linux/uaccess.h>
#include "override.h"

#define ENDBR64 0xfa1e0ff3
/* What the kernel writes over an ENDBR that nothing needs: nopw (%rax). */
#define SEALED_ENDBR 0x001f0f66
/* The same in later kernels: the first bytes of nopl 0(%rax). */
#define SEALED_ENDBR_NOP4 0x401f0f

bool is_text(unsigned long address, bool *in_image)
{
	unsigned int level;
	pte_t *pte = lookup_address(address, &level);

	*in_image = address < MODULES_VADDR;
	return pte && pte_present(*pte) && !(pte_flags(*pte) & _PAGE_NX);
}

static bool starts_with_endbr(unsigned long function)
{
	u32 instruction;

	if (copy_from_kernel_nofault(&instruction, (void *)function, sizeof(instruction)))
		return false;
	return instruction == ENDBR64 || instruction == SEALED_ENDBR || (instruction & 0xffffff) == SEALED_ENDBR_NOP4;
}

bool is_entry(unsigned long function, unsigned long offset)
{
	return !offset || (offset == ENTRY_SIZE && starts_with_endbr(function));
}
