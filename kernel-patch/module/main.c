// SPDX-License-Identifier: GPL-2.0-only
/* regs_override: bpf_override_regs() for BPF programs at kprobes and uprobes of an unmodified kernel. */
#include <linux/module.h>
#include <linux/rcupdate.h>
#include "override.h"

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
