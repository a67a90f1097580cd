/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef SELFTEST_H
#define SELFTEST_H

#include "check.h"
#include "machine.h"
#include "rule.h"

/* regsh_target's call file: the text of the result, or the number it starts with. */
const char *target_text(const char *line);
long long target(const char *line);

/* Whether this kernel makes jumps of probes at all. */
bool has_jumps(void);
/* Whether the kernel makes the probe there a jump, which takes it a while. */
bool becomes_jump(const struct probe *probe);

/* Attaches the request, runs the line, and says what came of it; answer is LOAD_FAILED + errno, or the kfunc's. */
struct run {
	long long result;
	__s64 answer;
	__u64 runs;
	__u64 after[MAX_VALUES];
};
struct run run_target(const struct request *request, const struct probe *probe, const char *line);

/*
 * The same, and one line of it: the program ran, with that answer, the line gave that result, and what was to be written
 * was written, or none of it.
 */
void expect_target(const char *what, struct request request, struct probe probe, const char *line, long long result,
		   long long answer);

/*
 * What the level does not allow: where the module knows which function it is, it is not attached; elsewhere the program is
 * told.
 */
void expect_denied(const char *what, struct request request, struct probe probe, const char *line, long long result);

#define ON(f, ...) ((struct probe){ .function = "regsh_target_" f, __VA_ARGS__ })
#define VALUE(s, v) { .slot = (s), .value = (__u64)(v) }
#define REQUEST(f, ...) \
	((struct request){ .flags = (f), .value = { __VA_ARGS__ }, \
			   .count = sizeof((struct bpf_reg_value[]){ __VA_ARGS__ }) / sizeof(struct bpf_reg_value) })

/* A function of this program, and where in its file a function lies. */
long victim(long a, long b);
__u64 offset_in_file(const void *function);

void kernel_tests(void);
void user_tests(void);
void loading_tests(void);
void extension_tests(void);
void module_tests(void);
/* rounds: how often a module goes away while calls are sent to it */
void departing_tests(unsigned int rounds);
void helper_tests(void);
void probe_tests(void);
void request_tests(void);
/* rounds: how often a rule is attached and detached, at one kind of probe or another */
void stress_tests(unsigned int rounds);
void lockdown_tests(void);
/* rounds: how often each way is measured */
void cost_tests(unsigned int rounds);

#endif
