// SPDX-License-Identifier: GPL-2.0-only
/* Flags and refusals of bpf_override_regs(), be it helper, kfunc or door, on a kernel with regsh_target loaded. Output is TAP. */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "engine.h"
#include "selftest.h"

/*
 * --lockdown: only what holds in a locked down kernel, and it stays locked down until the next boot.
 * --stress ROUNDS: only rules that come and go under load, so many times in all.
 * --departing ROUNDS: only a module that goes while calls are sent to it, so many times.
 * --costs ROUNDS: only what a hit costs at a probe of the module's own, measured so often.
 * --brief: without --stress and --departing, and the first failure is the end.
 */
int main(int argc, char **argv)
{
	if (geteuid()) {
		fprintf(stderr, "override_regs_selftest: needs root\n");
		return 3;
	}
	if (!engine()->name) {
		fprintf(stderr, "override_regs_selftest: this kernel has no bpf_override_regs(); modprobe regs_override?\n");
		return 3;
	}
	printf("TAP version 13\n# %s\n", engine()->name);
	set_level(2);
	if (argc > 1 && !strcmp(argv[1], "--lockdown")) {
		lockdown_tests();
	} else if (argc > 2 && !strcmp(argv[1], "--stress")) {
		stress_tests(strtoul(argv[2], NULL, 0));
	} else if (argc > 2 && !strcmp(argv[1], "--departing")) {
		departing_tests(strtoul(argv[2], NULL, 0));
	} else if (argc > 2 && !strcmp(argv[1], "--costs")) {
		cost_tests(strtoul(argv[2], NULL, 0));
	} else {
		bool brief = argc > 1 && !strcmp(argv[1], "--brief");

		if (brief)
			stop_at_failure();
		if (engine()->probe) {
			probe_tests();
			request_tests();
		}
		kernel_tests();
		if (!brief)
			stress_tests(60);
		loading_tests();
		extension_tests();
		if (engine()->helper) {
			helper_tests();
		} else {
			module_tests();
			if (!brief)
				departing_tests(3);
		}
		user_tests();
	}
	return summary();
}
