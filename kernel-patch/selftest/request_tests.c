// SPDX-License-Identifier: GPL-2.0-only
/* What /dev/regs_override answers to requests that are not as they should be. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "device.h"
#include "engine.h"
#include "selftest.h"

#define ASKS(flags) (1U << (flags))

static const struct request change = REQUEST(1, VALUE(ARG0, 100));

static int attach_as(struct regs_override_attach *attach)
{
	int attached = ioctl(engine()->device, REGS_OVERRIDE_ATTACH, attach);

	if (attached < 0)
		return -errno;
	close(attached);
	return 0;
}

static void requests(void)
{
	char name[] = "regsh_target:regsh_target_sum", later[512] = {}, long_name[1024] = {};
	struct regs_override_attach good = { .size = sizeof(good), .kind = REGS_OVERRIDE_KPROBE, .asks = ASKS(BPF_OVERRIDE_PARM),
					     .symbol = (unsigned long)name }, attach;
	struct regs_override_info info = { .size = sizeof(info) };
	struct rule rule;

	check(!rule_load(&rule, &change, 0), "a program loads");
	good.program = rule.program;
	check(!ioctl(engine()->device, REGS_OVERRIDE_INFO, &info), "requests: what there is: %u", info.features);
	attach = good;
	check(attach_as(&attach) == 0, "requests: MODULE:FUNCTION");
	attach = good, attach.symbol = 0, attach.address = kernel_address("regsh_target_sum");
	check(attach_as(&attach) == 0, "requests: an address");
	attach.symbol = (unsigned long)name;
	check(attach_as(&attach) == -EINVAL, "requests: not both");
	attach.symbol = attach.address = 0;
	check(attach_as(&attach) == -EINVAL, "requests: nor none");
	attach = good, attach.symbol = 8;
	check(attach_as(&attach) == -EFAULT, "requests: no readable name");
	attach = good, attach.symbol = (unsigned long)"no_such_function_at_all";
	check(attach_as(&attach) == -ENOENT, "requests: no such function");
	attach = good, attach.symbol = (unsigned long)"regsh_target_noprobe";
	check(attach_as(&attach) == -EINVAL, "requests: not where no probe may be");
	attach = good, attach.kind = 5;
	check(attach_as(&attach) == -EINVAL, "requests: no such kind");
	attach = good, attach.maxactive = 1;
	check(attach_as(&attach) == -EINVAL, "requests: no returns at an entry");
	attach = good, attach.pid = 1;
	check(attach_as(&attach) == -EINVAL, "requests: no process in the kernel");
	attach = good, memset(long_name, 'a', sizeof(long_name) - 1), attach.symbol = (unsigned long)long_name;
	check(attach_as(&attach) == -EINVAL, "requests: no name as long as none can be");
	attach = good, attach.reserved = 1;
	check(attach_as(&attach) == -EINVAL, "requests: reserved");
	attach = good, attach.program = engine()->device;
	check(attach_as(&attach) == -EINVAL, "requests: no program");
	attach = good, attach.size = sizeof(attach) - 8;
	check(attach_as(&attach) == -EINVAL, "requests: too small");
	attach = good, attach.size = 1 << 20;
	check(attach_as(&attach) == -EINVAL, "requests: too large");
	memcpy(later, &good, sizeof(good));
	((struct regs_override_attach *)later)->size = sizeof(later);
	check(attach_as((struct regs_override_attach *)later) == 0, "requests: of a later version");
	later[sizeof(later) - 1] = 1;
	check(attach_as((struct regs_override_attach *)later) == -E2BIG, "requests: what only that has");
	check(ioctl(engine()->device, _IO(0xbf, 99), &attach) && errno == ENOTTY, "requests: unknown");
	rule_close(&rule);
}

static void requests_for_users(void)
{
	struct regs_override_attach good = { .size = sizeof(good), .kind = REGS_OVERRIDE_UPROBE, .asks = ASKS(BPF_OVERRIDE_PARM),
					     .offset = offset_in_file(victim), .file = open("/proc/self/exe", O_RDONLY) }, attach;
	int folder = open("/", O_RDONLY);
	struct rule rule;

	check(!rule_load(&rule, &change, 0), "a program loads");
	good.program = rule.program;
	attach = good;
	check(attach_as(&attach) == 0, "user requests: any process");
	attach = good, attach.pid = getpid();
	check(attach_as(&attach) == 0, "user requests: this process");
	attach = good, attach.pid = 1 << 30;
	check(attach_as(&attach) == -ESRCH, "user requests: no such process");
	attach = good, attach.pid = -1;
	check(attach_as(&attach) == -EINVAL, "user requests: a number that none has");
	attach = good, attach.symbol = (unsigned long)"victim";
	check(attach_as(&attach) == -EINVAL, "user requests: no names");
	attach = good, attach.maxactive = 1;
	check(attach_as(&attach) == -EINVAL, "user requests: no number of returns");
	attach = good, attach.file = folder;
	check(attach_as(&attach) == -EINVAL, "user requests: a folder");
	attach = good, attach.file = 1000;
	check(attach_as(&attach) == -EBADF, "user requests: no file");
	close(folder);
	close(good.file);
	rule_close(&rule);
}

void request_tests(void)
{
	requests();
	requests_for_users();
}
