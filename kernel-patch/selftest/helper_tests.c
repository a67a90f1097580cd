// SPDX-License-Identifier: GPL-2.0-only
/* What only the helper has: its list is in the kernel image, checked when a program is attached; a sysctl holds the level. */
#include <bpf/bpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "engine.h"
#include "selftest.h"

static const struct request change = REQUEST(1, VALUE(ARG0, 100));

/* 0, or what attaching answers. */
static int attach(const struct probe probe)
{
	struct rule rule;
	int err = rule_load(&rule, &change, 0);

	if (!err)
		err = rule_attach(&rule, &probe);
	rule_close(&rule);
	return err;
}

static void levels(void)
{
	check(!set_level(1), "level 1");
	expect_target("listed, in a module", change, ON("sum"), "sum 1 2 3", 105, 0);
	check(attach(ON("unlisted")) == -EPERM, "not listed: refused at attach");
	check(attach((struct probe){ .function = "vfs_read" }) == -EPERM, "not listed, in the kernel: refused at attach");
	check(attach((struct probe){ .function = "vfs_read", .at_return = true }) == -EPERM, "not listed, at return: refused");
	check(attach(ON("mid", .offset = target("mid_offset"))) == 0, "inside a listed function");
	set_level(0);
	check(attach(ON("sum")) == -EPERM, "level 0: refused at attach");
	set_level(2);
	expect_target("level 2, not listed", change, ON("unlisted"), "unlisted 1", 101, 0);
	check(set_level(3) && set_level(-1), "no levels but 0, 1, 2");
}

static void list_is_shown(void)
{
	static char text[1 << 16];

	check(read_file("/sys/kernel/debug/regs_override/list", text, sizeof(text)) && strstr(text, "regsh_target_sum"),
	      "the list names the function");
	check(!strstr(text, "regsh_target_unlisted"), "and not one that is not listed");
}

static void multi(void)
{
	LIBBPF_OPTS(bpf_link_create_opts, opts);
	const char *symbol = "regsh_target_sum";
	struct rule rule;
	int err = rule_load(&rule, &change, BPF_TRACE_KPROBE_MULTI), link = -1;

	if (!err) {
		opts.kprobe_multi.syms = &symbol;
		opts.kprobe_multi.cnt = 1;
		link = bpf_link_create(rule.program, 0, BPF_TRACE_KPROBE_MULTI, &opts);
		if (link >= 0)
			close(link);
	}
	check(err || link < 0, "refused in kprobe.multi programs");
	rule_close(&rule);
}

/* Tail calls would lead from an unlisted function to the helper. */
static void tail_call(void)
{
	struct bpf_insn plain[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	int map = bpf_map_create(BPF_MAP_TYPE_PROG_ARRAY, "jumps", 4, 4, 1, NULL);
	int program = bpf_prog_load(BPF_PROG_TYPE_KPROBE, "plain", "GPL", plain, 2, NULL);
	__u32 key = 0;
	struct rule rule;

	check(!rule_load(&rule, &change, 0), "a program loads");
	check(bpf_map_update_elem(map, &key, &rule.program, BPF_ANY) < 0, "no tail call leads to it");
	check(!bpf_map_update_elem(map, &key, &program, BPF_ANY), "one leads to a plain program");
	rule_close(&rule);
	close(program);
	close(map);
}

void helper_tests(void)
{
	levels();
	list_is_shown();
	multi();
	tail_call();
}
