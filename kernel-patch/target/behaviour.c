// SPDX-License-Identifier: GPL-2.0-only
/* Functions that differ in what they do: fail, return nothing, sleep, count, recurse, have callers, refuse probes. */
#include <linux/atomic.h>
#include <linux/delay.h>
#include <linux/error-injection.h>
#include <linux/kprobes.h>
#include <linux/module.h>
#include <linux/string.h>
#include <linux/version.h>
#include "code.h"
#include "target.h"

/* Named for kallsyms: memory whose content `stored` shows. */
static long regsh_target_value;
static atomic64_t counter;

TARGET int regsh_target_open(int mode)
{
	return mode >= 0 && mode < 4 ? 0 : -EINVAL;
}
TARGET_EXPORT(regsh_target_open);

TARGET void regsh_target_store(long value)
{
	WRITE_ONCE(regsh_target_value, value);
}
TARGET_EXPORT(regsh_target_store);

TARGET long regsh_target_stored(void)
{
	return READ_ONCE(regsh_target_value);
}
TARGET_EXPORT(regsh_target_stored);

TARGET long regsh_target_sleep(unsigned int ms)
{
	msleep(ms);
	return ms;
}
TARGET_EXPORT(regsh_target_sleep);

/* The count of all calls so far is in the counter; the result is the argument, so sums of results are exact. */
TARGET u64 regsh_target_count(u64 by)
{
	atomic64_add(by, &counter);
	return by;
}
TARGET_EXPORT(regsh_target_count);

TARGET u64 regsh_target_factorial(u64 n)
{
	return n < 2 ? 1 : n * regsh_target_factorial(n - 1);
}
TARGET_EXPORT(regsh_target_factorial);

/* Callers two deep: outer -> middle -> inner, and side -> inner. The additions keep them from being tail calls. */
TARGET long regsh_target_inner(long a)
{
	return a * 2;
}
TARGET_EXPORT(regsh_target_inner);

TARGET long regsh_target_middle(long a)
{
	return regsh_target_inner(a) + 10;
}
TARGET_EXPORT(regsh_target_middle);

TARGET long regsh_target_outer(long a)
{
	return regsh_target_middle(a) + 100;
}
TARGET_EXPORT(regsh_target_outer);

TARGET long regsh_target_side(long a)
{
	return regsh_target_inner(a) + 1000;
}
TARGET_EXPORT(regsh_target_side);

TARGET long regsh_target_noprobe(long a)
{
	return a + 1;
}
EXPORT_SYMBOL_GPL(regsh_target_noprobe);
NOKPROBE_SYMBOL(regsh_target_noprobe);

/* The one function that is in no list. */
TARGET long regsh_target_unlisted(long a)
{
	return a + 1;
}
EXPORT_SYMBOL_GPL(regsh_target_unlisted);

/* ftrace knows nothing of it: a probe at its entry is a breakpoint, or a jump, for which there is room. */
TARGET notrace long regsh_target_untraced(long a)
{
	long result;

	PLUS_ONE(result, a);
	return result;
}
TARGET_EXPORT(regsh_target_untraced);

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 1, 0)
/* Named like what kCFI puts before a function, which it has done since 6.1: no function to run in the place of another. */
static __used TARGET long __cfi_regsh_target_sum(long a, long b, long c)
{
	return a * b * c + 1000;
}
#endif

TARGET long regsh_target_pointed(long a)
{
	return a + 1;
}
TARGET_EXPORT(regsh_target_pointed);

static long (*pointer)(long a) = regsh_target_pointed;

long regsh_target_call_pointed(long a)
{
	return READ_ONCE(pointer)(a);
}

TARGET int regsh_target_inject(int a)
{
	return a < 0 ? a : 0;
}
TARGET_EXPORT(regsh_target_inject);
ALLOW_ERROR_INJECTION(regsh_target_inject, ERRNO);

/*
 * The body is in assembler so that a probe inside the function has a known effect: 2 * a + 5, and at the offset that
 * regsh_target_mid_offset() gives the result's register holds 2 * a.
 */
TARGET long regsh_target_mid(long a)
{
	long result;

	TWICE_PLUS_FIVE(result, a);
	return result;
}
TARGET_EXPORT(regsh_target_mid);

long regsh_target_mid_offset(void)
{
	static const u8 add_five[] = { ADD_FIVE };
	const u8 *code = (const u8 *)regsh_target_mid;
	long at;

	for (at = 0; at < 64; at++)
		if (!memcmp(code + at, add_five, sizeof(add_five)))
			return at;
	return -ENOENT;
}
