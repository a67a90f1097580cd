/* SPDX-License-Identifier: GPL-2.0-only */
/* Bodies of functions whose instructions are known. */
#ifndef REGSH_TARGET_CODE_H
#define REGSH_TARGET_CODE_H

/* Of instructions that take and leave the value in x0. */
#define IN_X0(result, a, instructions) \
do { \
	register long x0 asm("x0") = (a); \
\
	asm volatile(instructions : "+r" (x0)); \
	(result) = x0; \
} while (0)

/* result = a + 1, in two instructions. */
#define PLUS_ONE(result, a) IN_X0(result, a, "nop\n\tadd %0, %0, #1")

/* result = 2 * a, then ADD_FIVE. */
#define TWICE_PLUS_FIVE(result, a) IN_X0(result, a, "add %0, %0, %0\n\t.inst 0x91001400")
#define ADD_FIVE 0x00, 0x14, 0x00, 0x91

#endif
