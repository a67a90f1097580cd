// SPDX-License-Identifier: GPL-2.0-only
/* regs_override: bpf_override_regs() for BPF programs at kprobes and uprobes of an unmodified kernel. */
#include <linux/capability.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/rcupdate.h>
#include <linux/security.h>
#include "override.h"

int override_level = LEVEL_ANY;

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
	if (level > override_level && security_locked_down(LOCKDOWN_BPF_WRITE_USER))
		return -EPERM;
	WRITE_ONCE(override_level, level);
	return 0;
}

static const struct kernel_param_ops level_ops = { .set = level_set, .get = param_get_int };
module_param_cb(level, &level_ops, &override_level, 0644);
MODULE_PARM_DESC(level, "whose registers may be overridden: 0 nobody's, 1 listed functions', 2 any function's");

static int __init regs_override_init(void)
{
	int err;

	err = kernel_context_init();
	if (err)
		return err;
	err = departing_init();
	if (err)
		return err;
	list_init();
	err = kfunc_init();
	if (err) {
		list_exit();
		departing_exit();
	}
	return err;
}

static void __exit regs_override_exit(void)
{
	/* Programs that call the kfunc hold the module, so no new override comes now; a task may stand in the stub. */
	synchronize_rcu_tasks();
	list_exit();
	departing_exit();
	report_exit();
}

module_init(regs_override_init);
module_exit(regs_override_exit);
MODULE_LICENSE("GPL");
MODULE_AUTHOR("regsh");
MODULE_DESCRIPTION("bpf_override_regs(): registers of probed functions, writable by BPF programs");
MODULE_VERSION("0.1");
