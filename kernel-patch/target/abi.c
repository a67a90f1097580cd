// SPDX-License-Identifier: GPL-2.0-only
/* The functions of abi.h; every argument has its own weight. */
#include <linux/module.h>
#include "abi.h"

TARGET struct regsh_target_big regsh_target_large(long a, long b)
{
	return (struct regsh_target_big){ a, b, a + b };
}
TARGET_EXPORT(regsh_target_large);

TARGET struct regsh_target_big regsh_target_large_six(long a, long b, long c, long d, long e, long f)
{
	return (struct regsh_target_big){ a + 10 * b, c + 10 * d, e + 10 * f };
}
TARGET_EXPORT(regsh_target_large_six);

TARGET struct regsh_target_pair regsh_target_pair(long a, struct regsh_target_pair p, long b)
{
	return (struct regsh_target_pair){ a + 10 * p.x, b + 10 * p.y };
}
TARGET_EXPORT(regsh_target_pair);

TARGET struct regsh_target_id regsh_target_id(struct regsh_target_id id, u32 by)
{
	return (struct regsh_target_id){ id.val + 10 * by };
}
TARGET_EXPORT(regsh_target_id);

TARGET __int128 regsh_target_wide(long a, __int128 w, long b)
{
	return w + ((__int128)b << 64) + a;
}
TARGET_EXPORT(regsh_target_wide);

TARGET long regsh_target_spill(long a, long b, long c, long d, long e, __int128 w, long f)
{
	return a + b + c + d + e + 100 * (long)w + 1000 * (long)(w >> 64) + 10000 * f;
}
TARGET_EXPORT(regsh_target_spill);

TARGET long regsh_target_by_value(struct regsh_target_big s, long a)
{
	return s.first + 10 * s.second + 100 * s.third + 1000 * a;
}
TARGET_EXPORT(regsh_target_by_value);

TARGET long regsh_target_packed(struct regsh_target_packed p, long a)
{
	return p.small + 10 * p.large + 100 * a;
}
TARGET_EXPORT(regsh_target_packed);

TARGET long regsh_target_nothing(struct regsh_target_nothing n, long a)
{
	return a + 1;
}
TARGET_EXPORT(regsh_target_nothing);

TARGET long regsh_target_mixed(struct regsh_target_mixed m, long a)
{
	return m.bits + 10 * m.n + 100 * a;
}
TARGET_EXPORT(regsh_target_mixed);

TARGET long regsh_target_parts(struct regsh_target_parts p, long a)
{
	return p.a[0] + 10 * p.a[1] + 100 * p.a[2] + 1000 * p.on + 10000 * p.rest + 1000000 * p.last + 100000000 * a;
}
TARGET_EXPORT(regsh_target_parts);

TARGET long regsh_target_words(long a, union regsh_target_words u, long b)
{
	return a + 10 * u.word[0] + 100 * u.word[1] + 1000 * b;
}
TARGET_EXPORT(regsh_target_words);

TARGET long regsh_target_flexible(struct regsh_target_flexible f, long a)
{
	return f.a + 10 * a;
}
TARGET_EXPORT(regsh_target_flexible);

TARGET bool regsh_target_truth(bool a, bool b)
{
	return a && !b;
}
TARGET_EXPORT(regsh_target_truth);
