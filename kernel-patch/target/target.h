/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * regsh_target: functions made to be overridden. Nothing here depends on regs_override or on BPF: the module
 * builds from 5.10 on.
 */
#ifndef REGSH_TARGET_H
#define REGSH_TARGET_H

#include <linux/types.h>

/*
 * A probe changes registers at the call boundary, so the compiler must not look across it: no inlining, no clones,
 * and no callers that know which registers the function leaves alone.
 */
#if defined(__clang__)
#define TARGET __attribute__((__noinline__))
#else
#define TARGET __attribute__((__noipa__))
#endif

/* Kernels with the helper permit listed functions at level 1. */
#if __has_include(<linux/regs_override.h>)
#include <linux/regs_override.h>
#endif
#ifndef ALLOW_REGS_OVERRIDE
#define ALLOW_REGS_OVERRIDE(function)
#endif
#define TARGET_EXPORT(function) EXPORT_SYMBOL_GPL(function); ALLOW_REGS_OVERRIDE(function)

#define TARGET_MAX_ARGS 6

/* One to six integer arguments. */
long regsh_target_one(long a);
long regsh_target_two(long a, long b);
long regsh_target_sum(long a, long b, long c);
long regsh_target_other(long a, long b, long c);
long regsh_target_four(long a, long b, long c, long d);
long regsh_target_five(long a, long b, long c, long d, long e);
long regsh_target_six(long a, long b, long c, long d, long e, long f);

/* Widths and signs. */
s32 regsh_target_s32(s32 a, s32 b);
u32 regsh_target_u32(u32 a, u32 b);
u64 regsh_target_u64(u64 a, u64 b);
s64 regsh_target_narrow(s8 a, u8 b, s16 c, u16 d);
bool regsh_target_flag(bool on, bool other);

/* Structures: nested, with bit-fields, arrays and unions (one without a name). */
enum regsh_target_kind { REGSH_TARGET_READ = 1, REGSH_TARGET_WRITE = 2 };

struct regsh_target_name {
	u32 len;
	char text[16];
};

struct regsh_target_request {
	u64 id;
	u32 ready : 1;
	u32 priority : 5;
	s32 balance : 6;
	enum regsh_target_kind kind;
	struct regsh_target_name name;
	s16 sizes[4];
	union {
		u64 word;
		struct {
			u32 low;
			u32 high;
		};
	};
	union {
		u32 number;
		u8 bytes[4];
	} value;
	struct regsh_target_request *next;
};

s64 regsh_target_struct(struct regsh_target_request *req);
u64 regsh_target_deref(const u64 *place);
void regsh_target_fill(u64 *place, u64 value);
size_t regsh_target_text(const char *text);
struct regsh_target_request *regsh_target_find(u64 id);

/* Results of every kind, and how a function behaves. */
int regsh_target_open(int mode);
void regsh_target_store(long value);
long regsh_target_stored(void);
long regsh_target_sleep(unsigned int ms);
u64 regsh_target_count(u64 by);
u64 regsh_target_factorial(u64 n);
long regsh_target_inner(long a);
long regsh_target_middle(long a);
long regsh_target_outer(long a);
long regsh_target_side(long a);
long regsh_target_noprobe(long a);
long regsh_target_unlisted(long a);
long regsh_target_untraced(long a);
long regsh_target_pointed(long a);
long regsh_target_call_pointed(long a);
int regsh_target_inject(int a);
long regsh_target_mid(long a);
long regsh_target_mid_offset(void);

/* Two static functions, both named regsh_target_twin, reached through these. */
long regsh_target_first_twin(long a);
long regsh_target_second_twin(long a);

/* What the call file can call. The result of a void function is what it left behind. */
struct target_call {
	const char *name;
	int args;
	s64 (*run)(const u64 *arg);
};

const struct target_call *target_find_call(const char *name);

/* One line of text from a call, into out; 0 or -errno. */
int target_run(char *line, char *out, size_t size);

#endif
