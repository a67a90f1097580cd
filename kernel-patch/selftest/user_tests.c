// SPDX-License-Identifier: GPL-2.0-only
/* Overrides in this very program. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include "engine.h"
#include "selftest.h"

#define VICTIM __attribute__((noipa, used))

VICTIM long victim(long a, long b)
{
	return a * 10 + b;
}

VICTIM long stranger(long a, long b)
{
	return a - b;
}

long call_victim(long a, long b);
extern const char after_victim[];
asm(".pushsection .text\n"
    ".type call_victim, %function\n"
    "call_victim:\n"
    CALL_VICTIM
    ".size call_victim, . - call_victim\n"
    ".popsection\n");

__u64 offset_in_file(const void *function)
{
	unsigned long start, end, offset, address = (unsigned long)function;
	FILE *f = fopen("/proc/self/maps", "r");
	char line[512];
	__u64 found = 0;

	while (f && !found && fgets(line, sizeof(line), f))
		if (sscanf(line, "%lx-%lx %*s %lx", &start, &end, &offset) == 3 && address >= start && address < end)
			found = address - start + offset;
	if (f)
		fclose(f);
	return found;
}

static int attach(struct rule *rule, const struct request *request, const void *function, bool at_return)
{
	struct probe probe = { .path = "/proc/self/exe", .offset = offset_in_file(function), .at_return = at_return };
	int err = rule_load(rule, request, 0);

	return err ? err : rule_attach(rule, &probe);
}

static struct run run_victim(const struct request *request, bool at_return)
{
	struct run run = {};
	struct rule rule;
	int err = attach(&rule, request, victim, at_return);

	if (err) {
		printf("# uprobe: %s\n", strerror(-err));
		rule_close(&rule);
		return run;
	}
	run.result = victim(1, 2);
	run.answer = rule_outcome(&rule).answer;
	run.runs = rule_outcome(&rule).runs;
	rule_close(&rule);
	return run;
}

static void expect(const char *what, struct request request, bool at_return, long result, long answer)
{
	struct run run = run_victim(&request, at_return);

	check(run.runs == 1 && run.answer == answer && run.result == result,
	      "user: %s: gives %lld, want %ld; answer %lld, want %ld; %llu runs", what, run.result, result,
	      (long long)run.answer, answer, (unsigned long long)run.runs);
}

/* A probe at the address that victim() returns to looks like one at an entry. */
static const struct request harmless = { .flags = 1, .count = 1, .keep = true, .value = { VALUE(KEPT, 0) } };

static void return_to_a_probe(void)
{
	struct request skip_it = REQUEST(2, VALUE(RESULT, -1));
	struct outcome at_return;
	struct rule rule, after;
	long result;

	check(!attach(&rule, &skip_it, victim, true) && !attach(&after, &harmless, after_victim, false),
	      "user: a probe at the return address");
	result = call_victim(1, 2);
	at_return = rule_outcome(&rule);
	check(result == 12 && at_return.runs == 1 && at_return.answer == -EOPNOTSUPP && rule_outcome(&after).runs == 1,
	      "user: skip at a return to a probe: gives %ld, want 12; answer %lld, want %d", result,
	      (long long)at_return.answer, -EOPNOTSUPP);
	rule_close(&after);
	rule_close(&rule);
}

/* The first to run skips; for the second there is nothing left to skip, even where the caller has a probe as well. */
static void two_skips(bool return_to_a_probe)
{
	const char *where = return_to_a_probe ? "two skips, return to a probe" : "two skips";
	struct request requests[] = { REQUEST(2, VALUE(RESULT, -1)), REQUEST(2, VALUE(RESULT, -2)) };
	struct rule rules[2], after = { -1, -1, -1 };
	struct outcome a, b;
	bool attached;
	long result;

	attached = !attach(&rules[0], &requests[0], victim, false) && !attach(&rules[1], &requests[1], victim, false);
	if (return_to_a_probe)
		attached = !attach(&after, &harmless, after_victim, false) && attached;
	check(attached, "user: %s: attached", where);
	result = call_victim(1, 2);
	a = rule_outcome(&rules[0]);
	b = rule_outcome(&rules[1]);
	check(a.runs == 1 && b.runs == 1 && ((a.answer == 0 && b.answer == -EOPNOTSUPP && result == -1) ||
					     (b.answer == 0 && a.answer == -EOPNOTSUPP && result == -2)),
	      "user: %s: gives %ld; answers %lld and %lld, want one of 0 and one of %d", where, result,
	      (long long)a.answer, (long long)b.answer, -EOPNOTSUPP);
	rule_close(&after);
	rule_close(&rules[1]);
	rule_close(&rules[0]);
}

void user_tests(void)
{
	struct request skip_it = REQUEST(2, VALUE(RESULT, -1)), jump = REQUEST(4, VALUE(PC, (unsigned long)stranger));
	struct run run = run_victim(&skip_it, false);

	expect("arguments", REQUEST(1, VALUE(ARG0, 5), VALUE(ARG1, 6)), false, 56, 0);
	expect("result at return", REQUEST(1, VALUE(RESULT, 99)), true, 99, 0);
	expect("skip at a return", skip_it, true, 12, -EOPNOTSUPP);
	expect("PC at a return", jump, true, 12, -EOPNOTSUPP);
	expect("stack pointer", REQUEST(1, VALUE(SP, 1)), false, 12, -EINVAL);
	expect("PC into the kernel", REQUEST(4, VALUE(PC, kernel_address("regsh_target_sum"))), false, 12, -EINVAL);
	expect("PC to no canonical address", REQUEST(4, VALUE(PC, 1ULL << 62)), false, 12, -EINVAL);
	set_level(0);
	/* Where it is known whose program it is, it is not attached at all. */
	if (!engine()->kfunc)
		check(!run_victim(&skip_it, false).runs, "user: level 0: not attached");
	else
		expect("level 0", REQUEST(1, VALUE(ARG0, 5)), false, 12, -EPERM);
	set_level(2);
	/* Kernels before the change to uprobes go on at the probed instruction whatever a handler does: refused. */
	if (run.answer == -EOPNOTSUPP) {
		check(run.result == 12, "user: a refused skip changes nothing");
		expect("PC refused where the kernel ignores it", jump, false, 12, -EOPNOTSUPP);
		return;
	}
	expect("skip", skip_it, false, -1, 0);
	expect("arguments and skip", REQUEST(3, VALUE(ARG1, 5), VALUE(RESULT, 77)), false, 77, 0);
	expect("another function", jump, false, -1, 0);
	return_to_a_probe();
	two_skips(false);
	two_skips(true);
}
