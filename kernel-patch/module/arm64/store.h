/* SPDX-License-Identifier: GPL-2.0-only */
/* A store into kernel memory that may fault: kernels before 5.11 have none that modules can use. */
#ifndef REGS_OVERRIDE_STORE_H
#define REGS_OVERRIDE_STORE_H

#include <asm/uaccess.h>

#define STORE_OR_GO_TO(label, instruction, to, stored) \
	asm goto("1:	" instruction "\n" _ASM_EXTABLE(1b, %l2) : : "r" (to), "r" (stored) : "memory" : label)

#define __put_kernel_nofault(to, value, type, label) \
do { \
	type stored = *(const type *)(value); \
\
	switch (sizeof(type)) { \
	case 1: \
		STORE_OR_GO_TO(label, "strb	%w1, [%0]", to, stored); \
		break; \
	case 2: \
		STORE_OR_GO_TO(label, "strh	%w1, [%0]", to, stored); \
		break; \
	case 4: \
		STORE_OR_GO_TO(label, "str	%w1, [%0]", to, stored); \
		break; \
	case 8: \
		STORE_OR_GO_TO(label, "str	%x1, [%0]", to, stored); \
		break; \
	} \
} while (0)

#endif
