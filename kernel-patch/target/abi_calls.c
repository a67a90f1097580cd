// SPDX-License-Identifier: GPL-2.0-only
/* What user space can call of abi.h. Results of several numbers become one: the first, a thousand times the second, and so on. */
#include <linux/kernel.h>
#include "abi.h"

static s64 big(struct regsh_target_big r)
{
	return r.first + 1000 * r.second + 1000000 * r.third;
}

static s64 call_large(const u64 *a)
{
	return big(regsh_target_large(a[0], a[1]));
}

static s64 call_large_six(const u64 *a)
{
	return big(regsh_target_large_six(a[0], a[1], a[2], a[3], a[4], a[5]));
}

static s64 call_pair(const u64 *a)
{
	struct regsh_target_pair r = regsh_target_pair(a[0], (struct regsh_target_pair){ a[1], a[2] }, a[3]);

	return r.x + 1000 * r.y;
}

static s64 call_id(const u64 *a)
{
	return regsh_target_id((struct regsh_target_id){ a[0] }, a[1]).val;
}

static __int128 wide(u64 low, u64 high)
{
	return (__int128)high << 64 | low;
}

static s64 call_wide(const u64 *a)
{
	__int128 r = regsh_target_wide(a[0], wide(a[1], a[2]), a[3]);

	return (long)r + 1000 * (long)(r >> 64);
}

static s64 call_spill(const u64 *a)
{
	return regsh_target_spill(a[0], 2, 3, 4, 5, wide(a[1], a[2]), a[3]);
}

static s64 call_by_value(const u64 *a)
{
	return regsh_target_by_value((struct regsh_target_big){ a[0], a[1], a[2] }, a[3]);
}

static s64 call_packed(const u64 *a)
{
	return regsh_target_packed((struct regsh_target_packed){ a[0], a[1] }, a[2]);
}

static s64 call_nothing(const u64 *a)
{
	return regsh_target_nothing((struct regsh_target_nothing){}, a[0]);
}

static s64 call_mixed(const u64 *a)
{
	struct regsh_target_mixed m = { .n = a[1] };

	m.bits = a[0];
	return regsh_target_mixed(m, a[2]);
}

static s64 call_parts(const u64 *a)
{
	struct regsh_target_parts p = { .a = { a[0], a[1], a[2] }, .on = 1, .rest = a[3], .last = a[4] };

	return regsh_target_parts(p, a[5]);
}

static s64 call_words(const u64 *a)
{
	return regsh_target_words(a[0], (union regsh_target_words){ .word = { a[1], a[2] } }, a[3]);
}

static s64 call_flexible(const u64 *a)
{
	return regsh_target_flexible((struct regsh_target_flexible){ a[0] }, a[1]);
}

static s64 call_truth(const u64 *a)
{
	return regsh_target_truth(a[0], a[1]);
}

#define ENTRY(n, args) { #n, args, call_##n }
const struct target_call abi_calls[] = {
	ENTRY(large, 2), ENTRY(large_six, 6), ENTRY(pair, 4), ENTRY(id, 2), ENTRY(wide, 4), ENTRY(spill, 4),
	ENTRY(by_value, 4), ENTRY(packed, 3), ENTRY(nothing, 1), ENTRY(mixed, 3), ENTRY(parts, 6), ENTRY(words, 4),
	ENTRY(flexible, 2), ENTRY(truth, 2),
};
const size_t abi_calls_count = ARRAY_SIZE(abi_calls);
