// SPDX-License-Identifier: GPL-2.0-only
/* Who may load a program that overrides. */
#include <errno.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "engine.h"
#include "selftest.h"

static int load(void)
{
	struct request request = REQUEST(1, VALUE(ARG0, 1));
	struct rule rule;
	int err = rule_load(&rule, &request, 0);

	/* With the module's own probes it is at this that it asks who wants it. */
	if (!err && engine()->probe)
		err = rule_attach(&rule, &ON("one"));
	if (!err)
		rule_close(&rule);
	return err;
}

static int open_list(void)
{
	return write_file("/sys/kernel/debug/regs_override/list", "\n");
}

static int to_level_2(void)
{
	return set_level(2);
}

/* What that answers to a child without the capability. */
static int without(int capability, int (*action)(void))
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct data[2];
	int status = 0;

	if (!fork()) {
		syscall(SYS_capget, &header, data);
		data[capability / 32].effective &= ~(1U << capability % 32);
		data[capability / 32].permitted &= ~(1U << capability % 32);
		if (syscall(SYS_capset, &header, data))
			_exit(255);
		_exit(-action());
	}
	wait(&status);
	return -WEXITSTATUS(status);
}

/* Cannot be taken back until the next boot. */
void lockdown_tests(void)
{
	if (write_file("/sys/kernel/security/lockdown", "integrity")) {
		skip("lockdown", "not to be had here; is securityfs mounted?");
		return;
	}
	check(load() < 0, "lockdown: no program loads");
	check(!set_level(1), "lockdown: the level can be lowered");
	check(set_level(2) == -EPERM, "lockdown: but not raised");
	if (!engine()->helper)
		check(write_file("/sys/kernel/debug/regs_override/list", "vfs_read") == -EPERM, "lockdown: the list is closed");
}

void loading_tests(void)
{
	check(without(CAP_SYS_ADMIN, load) < 0, "no program loads without CAP_SYS_ADMIN");
	check(without(CAP_CHOWN, load) == 0, "one loads without CAP_CHOWN");
	check(without(CAP_SYS_ADMIN, to_level_2) == -EPERM, "the level stays without CAP_SYS_ADMIN");
	if (engine()->helper)
		return;
	if (engine()->kfunc)
		check(without(CAP_SYS_BOOT, load) < 0, "no program loads without CAP_SYS_BOOT");
	check(without(CAP_SYS_ADMIN, open_list) == -EPERM, "the list is closed without CAP_SYS_ADMIN");
}
