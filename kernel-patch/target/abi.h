/* SPDX-License-Identifier: GPL-2.0-only */
/* Functions whose arguments and results are of every class that the calling convention knows (x86-64 psABI 3.2.3, AAPCS64 6.8). */
#ifndef REGSH_TARGET_ABI_H
#define REGSH_TARGET_ABI_H

#include "target.h"

struct regsh_target_big { long first, second, third; };
struct regsh_target_pair { long x, y; };
struct regsh_target_id { u32 val; };
struct regsh_target_packed { s8 small; long large; } __packed;
struct regsh_target_nothing {};
struct regsh_target_mixed { union { float real; u32 bits; }; u32 n; };
struct regsh_target_parts { s16 a[3]; bool on : 1; u8 rest : 7; u8 last; };
union regsh_target_words { long word[2]; char text[16]; };
struct regsh_target_flexible { long a; char text[]; };

/* Results: in memory, whose address is the first argument; in two registers; in one. */
struct regsh_target_big regsh_target_large(long a, long b);
struct regsh_target_big regsh_target_large_six(long a, long b, long c, long d, long e, long f);
struct regsh_target_pair regsh_target_pair(long a, struct regsh_target_pair p, long b);
struct regsh_target_id regsh_target_id(struct regsh_target_id id, u32 by);
__int128 regsh_target_wide(long a, __int128 w, long b);

/* Arguments: on the stack, in one register or two, in none; what follows them shows it. */
long regsh_target_spill(long a, long b, long c, long d, long e, __int128 w, long f);
long regsh_target_by_value(struct regsh_target_big s, long a);
long regsh_target_packed(struct regsh_target_packed p, long a);
long regsh_target_nothing(struct regsh_target_nothing n, long a);
long regsh_target_mixed(struct regsh_target_mixed m, long a);
long regsh_target_parts(struct regsh_target_parts p, long a);
long regsh_target_words(long a, union regsh_target_words u, long b);
long regsh_target_flexible(struct regsh_target_flexible f, long a);
bool regsh_target_truth(bool a, bool b);

extern const struct target_call abi_calls[];
extern const size_t abi_calls_count;

#endif
