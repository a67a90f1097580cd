// SPDX-License-Identifier: GPL-2.0-only
/* What was checked, as TAP says it. */
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include "check.h"

static int passed, failed, skipped;
static bool brief;

void check(bool good, const char *format, ...)
{
	va_list args;

	printf("%s %d - ", good ? "ok" : "not ok", ++*(good ? &passed : &failed) + (good ? failed : passed) + skipped);
	va_start(args, format);
	vprintf(format, args);
	va_end(args);
	printf("\n");
	fflush(stdout);
	if (!good && brief)
		exit(1);
}

void skip(const char *what, const char *why)
{
	skipped++;
	printf("ok %d - %s # SKIP %s\n", passed + failed + skipped, what, why);
}

void stop_at_failure(void)
{
	brief = true;
}

int summary(void)
{
	printf("1..%d\n%d passed, %d failed", passed + failed + skipped, passed, failed);
	printf(skipped ? ", %d skipped\n" : "\n", skipped);
	return failed || !passed;
}
