// SPDX-License-Identifier: GPL-2.0-only
/* Flags and refusals of bpf_override_regs(), on a kernel with regs_override and regsh_target loaded. Output is TAP. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "selftest.h"

static int passed, failed, skipped;

void check(bool good, const char *format, ...)
{
	va_list args;

	printf("%s %d - ", good ? "ok" : "not ok", ++*(good ? &passed : &failed) + (good ? failed : passed) + skipped);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	fflush(stdout);
}

void skip(const char *what, const char *why)
{
	skipped++;
	printf("ok %d - %s # SKIP %s\n", passed + failed + skipped, what, why);
}

/* --lockdown: last, lock the kernel down, which lasts until the next boot. */
int main(int argc, char **argv)
{
	if (geteuid()) {
		fprintf(stderr, "regs_override_selftest: needs root\n");
		return 3;
	}
	printf("TAP version 13\n");
	kernel_tests();
	module_tests();
	user_tests();
	if (argc > 1 && !strcmp(argv[1], "--lockdown"))
		lockdown_tests();
	printf("1..%d\n%d passed, %d failed", passed + failed + skipped, passed, failed);
	printf(skipped ? ", %d skipped\n" : "\n", skipped);
	return failed || !passed;
}
