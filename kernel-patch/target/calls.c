// SPDX-License-Identifier: GPL-2.0-only
/* The table of what user space can call, and the second regsh_target_twin. */
#include <linux/err.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/string.h>
#include "abi.h"

static TARGET long regsh_target_twin(long a)
{
	return a + 2;
}

long regsh_target_second_twin(long a)
{
	return regsh_target_twin(a);
}
TARGET_EXPORT(regsh_target_second_twin);

#define CALL0(n) static s64 call_##n(const u64 *a) { return regsh_target_##n(); }
#define CALL1(n) static s64 call_##n(const u64 *a) { return regsh_target_##n(a[0]); }
#define CALL2(n) static s64 call_##n(const u64 *a) { return regsh_target_##n(a[0], a[1]); }
#define CALL3(n) static s64 call_##n(const u64 *a) { return regsh_target_##n(a[0], a[1], a[2]); }
#define CALL4(n) static s64 call_##n(const u64 *a) { return regsh_target_##n(a[0], a[1], a[2], a[3]); }
#define CALL5(n) static s64 call_##n(const u64 *a) { return regsh_target_##n(a[0], a[1], a[2], a[3], a[4]); }
#define CALL6(n) static s64 call_##n(const u64 *a) { return regsh_target_##n(a[0], a[1], a[2], a[3], a[4], a[5]); }

CALL1(one) CALL2(two) CALL3(sum) CALL3(other) CALL4(four) CALL5(five) CALL6(six)
CALL2(s32) CALL2(u32) CALL2(u64) CALL4(narrow) CALL2(flag)
CALL1(open) CALL0(stored) CALL1(sleep) CALL1(count) CALL1(factorial)
CALL1(inner) CALL1(middle) CALL1(outer) CALL1(side) CALL1(inject) CALL1(mid) CALL0(mid_offset)
CALL1(noprobe) CALL1(unlisted) CALL1(untraced)
CALL1(first_twin) CALL1(second_twin)

static s64 call_pointed(const u64 *a)
{
	return regsh_target_call_pointed(a[0]);
}

static s64 call_store(const u64 *a)
{
	regsh_target_store(a[0]);
	return regsh_target_stored();
}

static s64 call_deref(const u64 *a)
{
	u64 place = a[0];

	return regsh_target_deref(&place);
}

static s64 call_fill(const u64 *a)
{
	u64 place = 0;

	regsh_target_fill(&place, a[0]);
	return place;
}

/* Text of a[0] letters. */
static s64 call_text(const u64 *a)
{
	char text[17] = "abcdefghijklmnop";

	text[min_t(u64, a[0], 16)] = 0;
	return regsh_target_text(text);
}

static s64 call_struct(const u64 *a)
{
	struct regsh_target_request next = { .id = 1 };
	struct regsh_target_request req = {
		.id = a[0], .ready = 1, .priority = a[1], .balance = a[2], .kind = REGSH_TARGET_WRITE,
		.name = { 4, "four" }, .sizes = { 1, 2, 3, 4 }, .word = 0x500000006ULL,
		.value = { .bytes = { 1, 2, 3, 4 } }, .next = &next,
	};

	return regsh_target_struct(&req);
}

/* The length of the found name, 0 for NULL, or the error. */
static s64 call_find(const u64 *a)
{
	struct regsh_target_request *found = regsh_target_find(a[0]);

	if (IS_ERR(found))
		return PTR_ERR(found);
	return found ? found->name.len : 0;
}

#define ENTRY(n, args) { #n, args, call_##n }
static const struct target_call calls[] = {
	ENTRY(one, 1), ENTRY(two, 2), ENTRY(sum, 3), ENTRY(other, 3), ENTRY(four, 4), ENTRY(five, 5), ENTRY(six, 6),
	ENTRY(s32, 2), ENTRY(u32, 2), ENTRY(u64, 2), ENTRY(narrow, 4), ENTRY(flag, 2),
	ENTRY(struct, 3), ENTRY(deref, 1), ENTRY(fill, 1), ENTRY(text, 1), ENTRY(find, 1),
	ENTRY(open, 1), ENTRY(store, 1), ENTRY(stored, 0), ENTRY(sleep, 1), ENTRY(count, 1), ENTRY(factorial, 1),
	ENTRY(inner, 1), ENTRY(middle, 1), ENTRY(outer, 1), ENTRY(side, 1), ENTRY(inject, 1),
	ENTRY(noprobe, 1), ENTRY(unlisted, 1), ENTRY(untraced, 1), ENTRY(pointed, 1),
	ENTRY(mid, 1), ENTRY(mid_offset, 0), ENTRY(first_twin, 1), ENTRY(second_twin, 1),
};

static const struct target_call *find(const struct target_call *among, size_t count, const char *name)
{
	size_t i;

	for (i = 0; i < count; i++)
		if (!strcmp(among[i].name, name))
			return &among[i];
	return NULL;
}

const struct target_call *target_find_call(const char *name)
{
	return find(calls, ARRAY_SIZE(calls), name) ?: find(abi_calls, abi_calls_count, name);
}
