/* SPDX-License-Identifier: GPL-2.0-only */
/* Slots of x86-64. */
#ifndef REGISTERS_H
#define REGISTERS_H

enum { R15, R14, R13, R12, RBP, RBX, R11, R10, R9, R8, RAX, RCX, RDX, RSI, RDI, ORIG_RAX, RIP, CS, RFLAGS, RSP, SS };

#define ARG0 RDI
#define ARG1 RSI
#define ARG2 RDX
#define ARG3 RCX
#define ARG4 R8
#define ARG5 R9
#define RESULT RAX
#define PC RIP
#define SP RSP

/* Kept by those who are called; used by nobody between functions, and what an ftrace entry does not restore. */
#define KEPT RBX
#define SCRATCH R11
#define LOST_AT_FTRACE true

/* The slots that may be given, and the others, up to PC and behind it. */
#define GENERAL(slot) ((slot) <= RDI)
#define NO_OTHERS { ORIG_RAX, "orig_rax" }, { CS, "cs" }, { RFLAGS, "rflags" }, { SS, "ss" }, { 21, "slot 21" }

/* One more than there are slots to give. */
#define MAX_VALUES 16

/* What a probe that became a jump begins with. */
#define JUMP_AT 0
#define IS_JUMP(byte) ((byte) == 0xe9)

/* Whether the module may refuse functions without tracing where the kernel does not. */
#define STRICTER false

/* Where the processor remembers that a call was an indirect one: nowhere that a probe shows. */
#define CALL_STATE 0
#define INDIRECT 0

/* Kernel addresses where nothing is, and none: canonical with five levels of page tables alone. */
#define NOT_MAPPED 0xffffff0000000000ULL
#define NOT_CANONICAL 0xffff000000000000ULL

/* Calls victim(); above the return address lies another one, for whoever takes one too many. */
#define CALL_VICTIM \
	"	lea 1f(%rip), %rax\n" \
	"	push %rax\n" \
	"	call victim\n" \
	"after_victim:\n" \
	"	nop\n" \
	"	add $8, %rsp\n" \
	"	ret\n" \
	"1:	mov $-99, %rax\n" \
	"	ret\n"

#endif
