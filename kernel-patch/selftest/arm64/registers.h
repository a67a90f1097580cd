/* SPDX-License-Identifier: GPL-2.0-only */
/* Slots of arm64. */
#ifndef REGISTERS_H
#define REGISTERS_H

enum { X0, X1, X2, X3, X4, X5, X17 = 17, X18, X19, X29 = 29, X30, SP, PC, PSTATE };

#define ARG0 X0
#define ARG1 X1
#define ARG2 X2
#define ARG3 X3
#define ARG4 X4
#define ARG5 X5
#define RESULT X0

/* Kept by those who are called; used by nobody between functions. */
#define KEPT X19
#define SCRATCH X17
#define LOST_AT_FTRACE false

/* The slots that may be given, and the others, up to PC and behind it. */
#define GENERAL(slot) ((slot) <= X29 && (slot) != X18)
#define NO_OTHERS { X18, "x18" }, { X30, "x30" }, { PSTATE, "pstate" }, { 34, "slot 34" }

/* One more than there are slots to give. */
#define MAX_VALUES 30

/* What a probe that became a jump is, where a distribution makes it one: the last byte of b. */
#define JUMP_AT 3
#define IS_JUMP(byte) (((byte) & 0xfc) == 0x14)

/* Whether the module may refuse functions without tracing where the kernel does not: 5.10 attaches programs there. */
#define STRICTER true

/* Where the processor remembers that a call was an indirect one, and lets only some instructions follow: BTYPE. */
#define CALL_STATE PSTATE
#define INDIRECT 0xc00

/* Kernel addresses where nothing is, and none, however large the address space. */
#define NOT_MAPPED 0xfffffffffffff000ULL
#define NOT_CANONICAL 0xff00000000000000ULL

/* Calls victim(). */
#define CALL_VICTIM \
	"	stp x29, x30, [sp, #-16]!\n" \
	"	bl victim\n" \
	"after_victim:\n" \
	"	nop\n" \
	"	ldp x29, x30, [sp], #16\n" \
	"	ret\n"

#endif
