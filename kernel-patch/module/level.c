// SPDX-License-Identifier: GPL-2.0-only
/* The level, a parameter of the module. */
#include <linux/capability.h>
#include <linux/moduleparam.h>
#include <linux/security.h>
#include "override.h"

int override_level = LEVEL_ANY;

bool locked_down(void)
{
#ifdef HAS_LOCKDOWN_BPF_WRITE_USER
	return security_locked_down(LOCKDOWN_BPF_WRITE_USER);
#else
	return security_locked_down(LOCKDOWN_DEBUGFS);
#endif
}

int may_override(void)
{
	return capable(CAP_SYS_ADMIN) && !locked_down() ? 0 : -EPERM;
}

static int level_set(const char *text, const struct kernel_param *param)
{
	int level, err;

	err = kstrtoint(text, 0, &level);
	if (err)
		return err;
	if (level < LEVEL_OFF || level > LEVEL_ANY)
		return -EINVAL;
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (level > override_level && locked_down())
		return -EPERM;
	WRITE_ONCE(override_level, level);
	return 0;
}

static const struct kernel_param_ops level_ops = { .set = level_set, .get = param_get_int };
module_param_cb(level, &level_ops, &override_level, 0644);
MODULE_PARM_DESC(level, "whose registers may be overridden: 0 nobody's, 1 listed functions', 2 any function's");
