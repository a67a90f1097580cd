// SPDX-License-Identifier: GPL-2.0-only
/* The module itself: its BTF, its list, and that programs hold it. */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "selftest.h"

static void levels(void)
{
	const char *list = "/sys/kernel/debug/regs_override/list";
	struct request request = REQUEST(1, VALUE(RDI, 100));
	char text[256];

	check(!set_level(1), "level 1");
	expect_target("not listed", request, ON("sum"), "sum 1 2 3", 6, -EPERM);
	expect_target("not listed, at return", REQUEST(1, VALUE(RAX, 1)), ON("sum", .at_return = true), "sum 1 2 3", 6, -EPERM);
	check(!write_file(list, "regsh_target_sum\nregsh_target:regsh_target_one\n"), "two names into the list");
	check(read_file(list, text, sizeof(text)) && !strcmp(text, "regsh_target_sum\nregsh_target:regsh_target_one\n"),
	      "the list reads back");
	expect_target("listed", request, ON("sum"), "sum 1 2 3", 105, 0);
	expect_target("listed, with module", request, ON("one"), "one 1", 101, 0);
	expect_target("listed, at return", REQUEST(1, VALUE(RAX, 1)), ON("sum", .at_return = true), "sum 1 2 3", 1, 0);
	check(!write_file(list, "-regsh_target_sum -regsh_target:regsh_target_one"), "names out of the list");
	expect_target("no longer listed", request, ON("sum"), "sum 1 2 3", 6, -EPERM);
	check(write_file(list, "-regsh_target_sum") == -ENOENT, "no name comes out twice");
	check(write_file(list, "a/b") == -EINVAL, "a name that none can be");
	check(set_level(3) && set_level(-1), "no levels but 0, 1, 2");
	check(!set_level(2), "level 2");
}

/* The answer is the second call's, which cannot know the function any more. */
static void two_calls(void)
{
	struct request request = REQUEST(2, VALUE(RAX, 5));

	request.then = 1;
	expect_target("registers after a skip", request, ON("sum"), "sum 1 2 3", 5, -EOPNOTSUPP);
	request.then = 2;
	expect_target("a skip after a skip", request, ON("sum"), "sum 1 2 3", 5, -EOPNOTSUPP);
}

void module_tests(void)
{
	struct request request = REQUEST(1, VALUE(RDI, 1));
	struct rule rule;

	check(!access("/sys/kernel/btf/regs_override", R_OK), "the module has BTF");
	check(!rule_load(&rule, &request, 0), "a program loads");
	check(syscall(SYS_delete_module, "regs_override", O_NONBLOCK) && errno == EWOULDBLOCK,
	      "a loaded program holds the module");
	rule_close(&rule);
	check(rule_load(&rule, &request, BPF_TRACE_KPROBE_MULTI) == -EACCES, "refused in kprobe.multi programs");
	rule_close(&rule);
	levels();
	two_calls();
}
