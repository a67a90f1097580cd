// SPDX-License-Identifier: GPL-2.0-only
/* regs_override: bpf_override_regs() for BPF programs at kprobes and uprobes of an unmodified kernel. */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/module.h>
#include <linux/rcupdate.h>
#include "override.h"

static int __init regs_override_init(void)
{
	int err;

	err = departing_init();
	if (err)
		return err;
	list_init();
	err = device_init();
	if (err) {
		list_exit();
		departing_exit();
		return err;
	}
	/* Without, there is the device. */
	err = kfunc_init();
	if (!err)
		pr_info("kfuncs and /dev/regs_override\n");
	else if (err == -ENOENT)
		pr_info("/dev/regs_override alone: built without the kernel's types, see its Makefile\n");
	else
		pr_info("/dev/regs_override alone: no kfuncs on this kernel (%d)\n", err);
	return 0;
}

static void __exit regs_override_exit(void)
{
	device_exit();
	/*
	 * Programs that call the kfunc, doors and attached probes hold the module, so no new override comes now; a task may
	 * stand in the stub, or be about to leave where the last door went.
	 */
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
