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

/* Where in this file the function lies. */
static __u64 offset_of(void *function)
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

static struct run run_victim(const struct request *request, bool at_return)
{
	struct probe probe = { .path = "/proc/self/exe", .offset = offset_of(victim), .at_return = at_return };
	struct run run = {};
	struct rule rule;
	int err = rule_load(&rule, request, 0);

	if (!err)
		err = rule_attach(&rule, &probe);
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

void user_tests(void)
{
	struct request skip_it = REQUEST(2, VALUE(RAX, -1)), jump = REQUEST(4, VALUE(RIP, (unsigned long)stranger));
	struct run run = run_victim(&skip_it, false);

	expect("arguments", REQUEST(1, VALUE(RDI, 5), VALUE(RSI, 6)), false, 56, 0);
	expect("result at return", REQUEST(1, VALUE(RAX, 99)), true, 99, 0);
	expect("skip at a return", skip_it, true, 12, -EOPNOTSUPP);
	expect("PC at a return", jump, true, 12, -EOPNOTSUPP);
	expect("rsp", REQUEST(1, VALUE(RSP, 1)), false, 12, -EINVAL);
	expect("PC into the kernel", REQUEST(4, VALUE(RIP, kernel_address("regsh_target_sum"))), false, 12, -EINVAL);
	expect("PC to no canonical address", REQUEST(4, VALUE(RIP, 1ULL << 62)), false, 12, -EINVAL);
	set_level(0);
	/* The helper's program is not attached at all. */
	if (engine()->helper)
		check(!run_victim(&skip_it, false).runs, "user: level 0: not attached");
	else
		expect("level 0", REQUEST(1, VALUE(RDI, 5)), false, 12, -EPERM);
	set_level(2);
	/* Kernels before the change to uprobes go on at the probed instruction whatever a handler does: refused. */
	if (run.answer == -EOPNOTSUPP) {
		check(run.result == 12, "user: a refused skip changes nothing");
		expect("PC refused where the kernel ignores it", jump, false, 12, -EOPNOTSUPP);
		return;
	}
	expect("skip", skip_it, false, -1, 0);
	expect("arguments and skip", REQUEST(3, VALUE(RDI, 5), VALUE(RAX, 77)), false, 77, 0);
	expect("another function", jump, false, -1, 0);
}
