/* SPDX-License-Identifier: GPL-2.0-only */
/* Bodies of functions whose instructions are known. */
#ifndef REGSH_TARGET_CODE_H
#define REGSH_TARGET_CODE_H

/* result = a + 1, in enough bytes for a jump. */
#define PLUS_ONE(result, a) asm volatile("mov %1, %0\n\tadd $1, %0" : "=&a" (result) : "D" (a) : "cc")

/* result = 2 * a, then ADD_FIVE. */
#define TWICE_PLUS_FIVE(result, a) \
	asm volatile("mov %1, %0\n\tadd %0, %0\n\t.byte 0x48, 0x83, 0xc0, 0x05" : "=&a" (result) : "D" (a) : "cc")
#define ADD_FIVE 0x48, 0x83, 0xc0, 0x05

#endif
