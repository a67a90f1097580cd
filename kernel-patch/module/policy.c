// SPDX-License-Identifier: GPL-2.0-only
/* Who may override, and what: the level, CAP_SYS_ADMIN, lockdown. */
#include <linux/bpf.h>
#include <linux/capability.h>
#include <linux/module.h>
#include <linux/security.h>
#include "override.h"

static int level = LEVEL_ANY;

static bool locked_down(void)
{
	return security_locked_down(LOCKDOWN_DBG_WRITE_KERNEL) != 0;
}

/* Loading the module with a level is root's choice; later, a locked-down kernel takes lower ones only. */
static int level_set(const char *text, const struct kernel_param *kp)
{
	int wanted, err = kstrtoint(text, 0, &wanted);

	if (err)
		return err;
	if (wanted < LEVEL_OFF || wanted > LEVEL_ANY)
		return -EINVAL;
	if (!capable(CAP_SYS_ADMIN))
		return -EPERM;
	if (wanted > level && locked_down())
		return -EPERM;
	WRITE_ONCE(level, wanted);
	return 0;
}

static const struct kernel_param_ops level_ops = { .set = level_set, .get = param_get_int };
module_param_cb(level, &level_ops, &level, 0644);
MODULE_PARM_DESC(level, "0: off, attached programs too; 1: listed functions; 2: any function a kprobe can stand in (default)");

int policy_level(void)
{
	return READ_ONCE(level);
}

/* @known: of the probed function, SITE_ bits */
bool policy_allows(unsigned int known)
{
	switch (policy_level()) {
	case LEVEL_LISTED:
		return known & SITE_LISTED;
	case LEVEL_ANY:
		return true;
	}
	return false;
}

/*
 * Asked while a program is loaded, by the one who loads it: at a hit, current is whoever runs into the probe.
 * A kprobe.multi context does not carry registers back, and an extension program would bring the call into a program
 * that was never asked.
 */
int policy_may_load(const struct bpf_prog *prog)
{
	if (prog->type != BPF_PROG_TYPE_KPROBE)
		return -EACCES;
	if (prog->expected_attach_type == BPF_TRACE_KPROBE_MULTI ||
	    prog->expected_attach_type == BPF_TRACE_KPROBE_SESSION)
		return -EOPNOTSUPP;
	if (!capable(CAP_SYS_ADMIN) || locked_down())
		return -EPERM;
	return 0;
}
