/* SPDX-License-Identifier: GPL-2.0-only */
/* A BPF program with one call of bpf_override_regs(), and its probe. */
#ifndef RULE_H
#define RULE_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>
#include "bpf_override_regs.h"
#include "registers.h"

struct request {
	__u64 flags;
	unsigned int count;
	struct bpf_reg_value value[MAX_VALUES];
	unsigned int size;		/* what is passed as vals__sz; 0: count * 16 */
	__u64 then;			/* flags of a second call with the same values, whose answer counts; 0: none */
	int watch;			/* a slot whose value is put behind those of the request; 0: none */
	bool keep;			/* the values are those that the registers have */
	bool queue;			/* the values are pushed to a queue that nobody reads, and nothing is overridden */
	bool memory;			/* bpf_override_mem(value[0].value, &value[1].value, size, flags) instead */
};

struct probe {
	const char *function;		/* in the kernel; or */
	const char *path;		/* a file, and */
	__u64 offset;			/* where in it or in the function */
	bool at_return;
	bool jump;			/* which the kernel is to have made a jump before anything calls the function */
};

struct rule {
	int program, counters, event;
};

/* What the program left: how often it ran, the last answer of the kfunc, and what the slots of the request held then, and behind
 * them the watched one. */
struct outcome {
	__u64 runs;
	__s64 answer;
	__u64 after[MAX_VALUES];
};

/* 0 or -errno; nothing is left open after an error. */
int rule_load(struct rule *rule, const struct request *request, int expected_attach_type);
int rule_attach(struct rule *rule, const struct probe *probe);
/* At one of the kernel's own probes, whatever the engine. */
int rule_attach_by_perf(struct rule *rule, const struct probe *probe);
struct outcome rule_outcome(const struct rule *rule);
void rule_close(struct rule *rule);
/* The byte at a kernel address, be it text; -1 if it cannot be read. Calls regsh_target_stored() for that. */
int byte_at(unsigned long address);

#endif
