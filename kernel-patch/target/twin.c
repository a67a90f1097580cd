// SPDX-License-Identifier: GPL-2.0-only
/* One of the two static functions of the same name; the other is in calls.c. */
#include <linux/module.h>
#include "target.h"

static TARGET long regsh_target_twin(long a)
{
	return a + 1;
}

long regsh_target_first_twin(long a)
{
	return regsh_target_twin(a);
}
TARGET_EXPORT(regsh_target_first_twin);
