// SPDX-License-Identifier: GPL-2.0-only
/* Functions that differ in what they do: fail, return nothing, sleep, count, recurse, have callers, refuse probes. */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/error-injection.h>
#include <linux/kprobes.h>
#include <linux/linkage.h>
#include <linux/module.h>
#include <linux/objtool.h>
#include <asm/linkage.h>
#include "target.h"

static long stored;
static atomic64_t counter;

TARGET int regsh_target_open(int mode)
{
	return mode >= 0 && mode < 4 ? 0 : -EINVAL;
}
EXPORT_SYMBOL_GPL(regsh_target_open);

TARGET void regsh_target_store(long value)
{
	WRITE_ONCE(stored, value);
}
EXPORT_SYMBOL_GPL(regsh_target_store);

TARGET long regsh_target_stored(void)
{
	return READ_ONCE(stored);
}
EXPORT_SYMBOL_GPL(regsh_target_stored);

TARGET long regsh_target_sleep(unsigned int ms)
{
	msleep(ms);
	return ms;
}
EXPORT_SYMBOL_GPL(regsh_target_sleep);

/* The count of all calls so far is in the counter; the result is the argument, so sums of results are exact. */
TARGET u64 regsh_target_count(u64 by)
{
	atomic64_add(by, &counter);
	return by;
}
EXPORT_SYMBOL_GPL(regsh_target_count);

TARGET u64 regsh_target_factorial(u64 n)
{
	return n < 2 ? 1 : n * regsh_target_factorial(n - 1);
}
EXPORT_SYMBOL_GPL(regsh_target_factorial);

/* Callers two deep: outer -> middle -> inner, and side -> inner. The additions keep them from being tail calls. */
TARGET long regsh_target_inner(long a)
{
	return a * 2;
}
EXPORT_SYMBOL_GPL(regsh_target_inner);

TARGET long regsh_target_middle(long a)
{
	return regsh_target_inner(a) + 10;
}
EXPORT_SYMBOL_GPL(regsh_target_middle);

TARGET long regsh_target_outer(long a)
{
	return regsh_target_middle(a) + 100;
}
EXPORT_SYMBOL_GPL(regsh_target_outer);

TARGET long regsh_target_side(long a)
{
	return regsh_target_inner(a) + 1000;
}
EXPORT_SYMBOL_GPL(regsh_target_side);

TARGET long regsh_target_noprobe(long a)
{
	return a + 1;
}
EXPORT_SYMBOL_GPL(regsh_target_noprobe);
NOKPROBE_SYMBOL(regsh_target_noprobe);

TARGET int regsh_target_inject(int a)
{
	return a < 0 ? a : 0;
}
EXPORT_SYMBOL_GPL(regsh_target_inject);
ALLOW_ERROR_INJECTION(regsh_target_inject, ERRNO);

/*
 * Written in assembler, so that its offsets never move: 2 * a + 5, and rax at +6 is 2 * a.
 * It has no ftrace entry: a probe in it is a breakpoint, which the kernel may turn into a jump.
 */
#ifndef ASM_RET
#define ASM_RET "ret\n"
#endif
#ifndef ANNOTATE_NOENDBR
#define ANNOTATE_NOENDBR
#endif
asm(".pushsection .text\n"
    ".balign 16\n"
    ".globl regsh_target_mid\n"
    ".type regsh_target_mid, @function\n"
    "regsh_target_mid:\n"
    ANNOTATE_NOENDBR
    "	mov %rdi, %rax\n"	/* +0 */
    "	add %rax, %rax\n"	/* +3 */
    "	add $5, %rax\n"		/* +6 */
    "	" ASM_RET		/* +10 */
    ".size regsh_target_mid, . - regsh_target_mid\n"
    ".popsection\n");
EXPORT_SYMBOL_GPL(regsh_target_mid);
