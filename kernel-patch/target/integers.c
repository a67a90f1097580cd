// SPDX-License-Identifier: GPL-2.0-only
/* Functions of integers. Every argument has its own weight, so a test sees which one was changed. */
#include <linux/module.h>
#include "target.h"

TARGET long regsh_target_one(long a)
{
	return a + 1;
}
TARGET_EXPORT(regsh_target_one);

TARGET long regsh_target_two(long a, long b)
{
	return a - b;
}
TARGET_EXPORT(regsh_target_two);

TARGET long regsh_target_sum(long a, long b, long c)
{
	return a + b + c;
}
TARGET_EXPORT(regsh_target_sum);

TARGET long regsh_target_other(long a, long b, long c)
{
	return a * 100 + b * 10 + c;
}
TARGET_EXPORT(regsh_target_other);

TARGET long regsh_target_four(long a, long b, long c, long d)
{
	return a + 2 * b + 3 * c + 4 * d;
}
TARGET_EXPORT(regsh_target_four);

TARGET long regsh_target_five(long a, long b, long c, long d, long e)
{
	return a + 2 * b + 3 * c + 4 * d + 5 * e;
}
TARGET_EXPORT(regsh_target_five);

TARGET long regsh_target_six(long a, long b, long c, long d, long e, long f)
{
	return a + 2 * b + 3 * c + 4 * d + 5 * e + 6 * f;
}
TARGET_EXPORT(regsh_target_six);

TARGET s32 regsh_target_s32(s32 a, s32 b)
{
	return a - b;
}
TARGET_EXPORT(regsh_target_s32);

TARGET u32 regsh_target_u32(u32 a, u32 b)
{
	return a + b;
}
TARGET_EXPORT(regsh_target_u32);

TARGET u64 regsh_target_u64(u64 a, u64 b)
{
	return a / (b ? b : 1);
}
TARGET_EXPORT(regsh_target_u64);

TARGET s64 regsh_target_narrow(s8 a, u8 b, s16 c, u16 d)
{
	return a + 1000LL * b + 1000000LL * c + 100000000000LL * d;
}
TARGET_EXPORT(regsh_target_narrow);

TARGET bool regsh_target_flag(bool on, bool other)
{
	return on && !other;
}
TARGET_EXPORT(regsh_target_flag);
