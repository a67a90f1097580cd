// SPDX-License-Identifier: GPL-2.0-only
/* The module itself: its BTF, its list, and that programs hold it. */
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "engine.h"
#include "selftest.h"

static void levels(void)
{
	const char *list = "/sys/kernel/debug/regs_override/list";
	struct request request = REQUEST(1, VALUE(ARG0, 100));
	char text[256];
	int i;

	check(!set_level(1), "level 1");
	expect_denied("not listed", request, ON("sum"), "sum 1 2 3", 6);
	expect_denied("not listed, at return", REQUEST(1, VALUE(RESULT, 1)), ON("sum", .at_return = true), "sum 1 2 3", 6);
	check(!write_file(list, "regsh_target_sum\nregsh_target:regsh_target_one\n"), "two names into the list");
	check(read_file(list, text, sizeof(text)) && !strcmp(text, "regsh_target_sum\nregsh_target:regsh_target_one\n"),
	      "the list reads back");
	expect_target("listed", request, ON("sum"), "sum 1 2 3", 105, 0);
	expect_target("listed, with module", request, ON("one"), "one 1", 101, 0);
	expect_target("listed, at return", REQUEST(1, VALUE(RESULT, 1)), ON("sum", .at_return = true), "sum 1 2 3", 1, 0);
	/* What is remembered of a function is marked with a number that comes round again. */
	check(!write_file(list, "-regsh_target_sum"), "a name out of the list");
	for (i = 0; i < 4095; i++)
		write_file(list, "regsh_target_two");
	expect_denied("forgotten, however often the list changes", request, ON("sum"), "sum 1 2 3", 6);
	check(!write_file(list, "regsh_target_sum"), "and into it");
	check(!write_file(list, "-regsh_target_sum -regsh_target:regsh_target_one -regsh_target_two"), "names out of the list");
	expect_denied("no longer listed", request, ON("sum"), "sum 1 2 3", 6);
	check(write_file(list, "-regsh_target_sum") == -ENOENT, "no name comes out twice");
	check(!write_file(list, "btrfs:regsh_target_sum vmlinux:regsh_target_sum"), "the name in another module");
	expect_denied("listed for another module", request, ON("sum"), "sum 1 2 3", 6);
	check(write_file(list, "-regsh_target:regsh_target_sum") == -ENOENT, "it does not come out of a third");
	check(!write_file(list, "-btrfs:regsh_target_sum -vmlinux:regsh_target_sum"), "and out of those");
	check(read_file(list, text, sizeof(text)) && !*text, "the list is empty");
	check(write_file(list, "a/b") == -EINVAL, "a name that none can be");
	check(write_file(list, ":a") == -EINVAL && write_file(list, "a:") == -EINVAL, "no name");
	check(set_level(3) && set_level(-1), "no levels but 0, 1, 2");
	check(!set_level(2), "level 2");
}

static void list_limits(void)
{
	const char *list = "/sys/kernel/debug/regs_override/list";
	static char text[8192];
	int i, full = 0;

	memset(text, 'a', 600);
	check(write_file(list, text) == -EINVAL, "no name as long as none can be");
	memset(text, ' ', sizeof(text) - 1);
	check(write_file(list, text) == -E2BIG, "not too much at once");
	for (i = 0; i < 5000 && !full; i++) {
		snprintf(text, sizeof(text), "name%d", i);
		full = write_file(list, text);
	}
	check(full == -ENOSPC && i == 4097, "not too many names: %d", i);
	while (i--) {
		snprintf(text, sizeof(text), "-name%d", i);
		write_file(list, text);
	}
	check(read_file(list, text, sizeof(text)) && !*text, "the list is empty again");
}

/* The list says who may be overridden at a return, too: of the function that returns, not of those that called it. */
static void returns_within_returns(void)
{
	const char *list = "/sys/kernel/debug/regs_override/list";
	struct request result = REQUEST(1, VALUE(RESULT, 500));
	struct probe inner = ON("inner", .at_return = true), outer = ON("outer", .at_return = true);
	struct rule a, b;

	check(!rule_load(&a, &result, 0) && !rule_attach(&a, &inner) && !rule_load(&b, &result, 0) && !rule_attach(&b, &outer),
	      "at the return of a function and of one that calls it");
	check(!write_file(list, "regsh_target_inner") && !set_level(1), "level 1, one of two");
	check(target("outer 1") == 610 && rule_outcome(&a).answer == 0 && rule_outcome(&b).answer == -EPERM,
	      "the one that is listed: answers %lld and %lld", (long long)rule_outcome(&a).answer,
	      (long long)rule_outcome(&b).answer);
	rule_close(&a);
	rule_close(&b);
	check(!set_level(2) && !write_file(list, "-regsh_target_inner"), "level 2");
}

/* The answer is the second call's, which cannot know the function any more. */
static void two_calls(void)
{
	struct request request = REQUEST(2, VALUE(RESULT, 5));

	request.then = 1;
	expect_target("registers after a skip", request, ON("sum"), "sum 1 2 3", 5, -EOPNOTSUPP);
	request.then = 2;
	expect_target("a skip after a skip", request, ON("sum"), "sum 1 2 3", 5, -EOPNOTSUPP);
}

/* Lines of the kernel log since the last call that have the text in them. */
static int logged(int log, const char *text)
{
	char line[8192];
	int found = 0;
	ssize_t n;

	while ((n = read(log, line, sizeof(line) - 1)) > 0 || errno == EPIPE) {
		line[n > 0 ? n : 0] = 0;
		found += !!strstr(line, text);
	}
	return found;
}

static void memory_in_the_log(int log)
{
	struct request store = { .memory = true, .size = 8, .count = 2,
				 .value = { VALUE(0, kernel_address("regsh_target_value")), VALUE(0, 1) } };

	expect_target("memory: stored", store, ON("one"), "one 1", 2, 0);
	usleep(100000);
	check(logged(log, "overriding memory at regsh_target_value") == 1, "the log names the memory");
}

/* The kernel log says who loads a program that overrides, and once what it overrides. */
static void kernel_log(void)
{
	int log = open("/dev/kmsg", O_RDONLY | O_NONBLOCK);
	struct request request = REQUEST(1, VALUE(ARG0, 100));
	struct probe probe = ON("sum");
	struct rule rule;

	/* Not too many lines at a time. */
	sleep(6);
	lseek(log, 0, SEEK_END);
	check(!write_file("/sys/kernel/debug/regs_override/list", "\n"), "what was said is forgotten");
	check(!rule_load(&rule, &request, 0) && !rule_attach(&rule, &probe), "attached");
	check(logged(log, engine()->probe ? "attaches program" : "loads program") == 1, "the log names the program");
	target("sum 1 2 3");
	usleep(100000);
	check(logged(log, "overriding registers of regsh_target_sum") == 1, "the log names the function");
	target("time 5 sum 1 2 3");
	usleep(100000);
	check(!logged(log, "overriding"), "once");
	rule_close(&rule);
	if (kernel_address("regsh_target_value"))
		memory_in_the_log(log);
	else
		skip("the log names the memory", "data has no symbols here");
	close(log);
}

/* The registers of those are a copy. */
static void refused_multi(const struct request *request)
{
	struct rule rule;
	int err = rule_load(&rule, request, BPF_TRACE_KPROBE_MULTI);

	if (engine()->probe && !err)
		check(rule_attach(&rule, &ON("one")) == -EINVAL, "refused in kprobe.multi programs");
	else
		check(engine()->probe || err == -EACCES, "refused in kprobe.multi programs: %d", err);
	rule_close(&rule);
}

void module_tests(void)
{
	struct request request = REQUEST(1, VALUE(ARG0, 1));
	struct rule rule;

	if (engine()->kfunc)
		check(!access("/sys/kernel/btf/regs_override", R_OK), "the module has BTF");
	check(!rule_load(&rule, &request, 0), "a program loads");
	check(syscall(SYS_delete_module, "regs_override", O_NONBLOCK) && errno == EWOULDBLOCK,
	      "a loaded program holds the module");
	rule_close(&rule);
	refused_multi(&request);
	levels();
	list_limits();
	returns_within_returns();
	two_calls();
	kernel_log();
}
