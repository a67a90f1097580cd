/* SPDX-License-Identifier: GPL-2.0-only */
/* What was checked, as TAP says it. */
#ifndef CHECK_H
#define CHECK_H

#include <stdbool.h>

/* One TAP line; a failure prints what was found. */
void check(bool good, const char *format, ...) __attribute__((format(printf, 2, 3)));
void skip(const char *what, const char *why);

/* From here on the first failure is the end. */
void stop_at_failure(void);

/* The last lines; the exit code: whether anything failed, or nothing was checked. */
int summary(void);

#endif
