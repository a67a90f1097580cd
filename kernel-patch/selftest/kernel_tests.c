// SPDX-License-Identifier: GPL-2.0-only
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "device.h"
#include "engine.h"
#include "selftest.h"

static void changes(void)
{
	expect_target("first argument", REQUEST(1, VALUE(ARG0, 100)), ON("sum"), "sum 1 2 3", 105, 0);
	expect_target("three arguments", REQUEST(1, VALUE(ARG0, 10), VALUE(ARG1, 20), VALUE(ARG2, 30)), ON("sum"), "sum 1 2 3",
	       60, 0);
	expect_target("six: the fourth", REQUEST(1, VALUE(ARG3, 10)), ON("six"), "six 0 0 0 0 0 0", 40, 0);
	expect_target("six: the fifth and the sixth", REQUEST(1, VALUE(ARG4, 10), VALUE(ARG5, 10)), ON("six"), "six 0 0 0 0 0 0", 110, 0);
	expect_target("skip", REQUEST(2, VALUE(RESULT, -12)), ON("sum"), "sum 1 2 3", -12, 0);
	expect_target("skip a function that sleeps", REQUEST(2, VALUE(RESULT, 1)), ON("sleep"), "sleep 100000", 1, 0);
	expect_target("skip a recursion", REQUEST(2, VALUE(RESULT, 7)), ON("factorial"), "factorial 5", 7, 0);
	expect_target("arguments and skip", REQUEST(3, VALUE(ARG1, 5), VALUE(RESULT, 77)), ON("sum"), "sum 1 2 3", 77, 0);
	expect_target("another function", REQUEST(4, VALUE(PC, kernel_address("regsh_target_other"))), ON("sum"),
	       "sum 1 2 3", 123, 0);
	expect_target("a function of another prototype", REQUEST(4, VALUE(PC, kernel_address("regsh_target_mid"))), ON("one"),
	       "one 4", 13, 0);
	expect_target("result at return", REQUEST(1, VALUE(RESULT, -5)), ON("sum", .at_return = true), "sum 1 2 3", -5, 0);
	expect_target("result of every return", REQUEST(1, VALUE(RESULT, 2)), ON("factorial", .at_return = true), "factorial 3",
	       2, 0);
}

/* Every one of the calls, on every CPU. */
static void all_cpus(void)
{
	struct request request = REQUEST(1, VALUE(ARG0, 3));
	struct probe probe = ON("count");
	unsigned long long calls = 0;
	long long sum = 0;
	struct rule rule;

	check(!rule_load(&rule, &request, 0) && !rule_attach(&rule, &probe), "attached");
	sscanf(target_text("stress 5000 count 1"), "calls=%llu sum=%lld", &calls, &sum);
	check(calls && sum == 3 * (long long)calls, "an argument on all CPUs: %llu calls, sum %lld, %llu runs", calls, sum,
	      (unsigned long long)rule_outcome(&rule).runs);
	rule_close(&rule);
}

/* Writing what a register holds must change nothing, whichever way in and out the probe has. */
static void every_register(void)
{
	struct request request = { .flags = 1, .count = 1, .keep = true };
	__u64 at = target("mid_offset");
	char what[64];
	int slot;

	for (slot = 0; slot < PC; slot++) {
		if (!GENERAL(slot))
			continue;
		request.value[0].slot = slot;
		snprintf(what, sizeof(what), "slot %d kept at an entry", slot);
		expect_target(what, request, ON("sum"), "sum 1 2 3", 6, LOST_AT_FTRACE && slot == SCRATCH ? -EOPNOTSUPP : 0);
		snprintf(what, sizeof(what), "slot %d kept inside", slot);
		expect_target(what, request, ON("mid", .offset = at), "mid 1", 7, 0);
		snprintf(what, sizeof(what), "slot %d kept at a return", slot);
		expect_target(what, request, ON("sum", .at_return = true), "sum 1 2 3", 6, 0);
	}
}

static void memory(void)
{
	unsigned long place = kernel_address("regsh_target_value");
	struct request request = { .flags = 0, .memory = true, .size = 8, .count = 2,
				   .value = { VALUE(0, place), VALUE(0, 0x1122334455667788) } };
	struct request r;

	if (!place) {
		skip("memory", "data has no symbols here");
		return;
	}
	target("store 0");
	expect_target("memory: 8 bytes", request, ON("one"), "one 1", 2, 0);
	check(target("stored") == 0x1122334455667788, "memory: they are there");
	r = request, r.size = 2, r.value[0].value = place + 2, r.value[1].value = 0xffff;
	expect_target("memory: 2 bytes", r, ON("one"), "one 1", 2, 0);
	check(target("stored") == 0x11223344ffff7788, "memory: they alone");
	r = request, r.size = 1, r.value[0].value = place + 7, r.value[1].value = 0x99;
	expect_target("memory: 1 byte", r, ON("one"), "one 1", 2, 0);
	check(target("stored") == (long long)0x99223344ffff7788, "memory: it alone");
	r = request, r.size = 4, r.value[1].value = 0x77777777;
	expect_target("memory: 4 bytes", r, ON("one"), "one 1", 2, 0);
	check(target("stored") == (long long)0x9922334477777777, "memory: they alone");
	expect_target("memory: 8 bytes again", request, ON("one"), "one 1", 2, 0);
	r = request, r.size = 2, r.value[0].value = place + 2, r.value[1].value = 0xffff;
	expect_target("memory: 2 bytes again", r, ON("one"), "one 1", 2, 0);
	r = request, r.size = 3;
	expect_target("memory: 3 bytes", r, ON("one"), "one 1", 2, -EINVAL);
	r = request, r.size = 16;
	expect_target("memory: 16 bytes", r, ON("one"), "one 1", 2, -EINVAL);
	r = request, r.value[0].value = place + 1;
	expect_target("memory: not aligned", r, ON("one"), "one 1", 2, -EINVAL);
	r = request, r.flags = 1;
	expect_target("memory: flags", r, ON("one"), "one 1", 2, -EINVAL);
	r = request, r.value[0].value = kernel_address("regsh_target_other") & ~7UL;
	expect_target("memory: module text", r, ON("one"), "one 1", 2, -EFAULT);
	r = request, r.value[0].value = kernel_address("vfs_read") & ~7UL;
	expect_target("memory: kernel text", r, ON("one"), "one 1", 2, -EFAULT);
	r = request, r.value[0].value = kernel_address("linux_banner") & ~7UL;
	expect_target("memory: constants", r, ON("one"), "one 1", 2, -EFAULT);
	r = request, r.value[0].value = (unsigned long)&r & ~7UL;
	expect_target("memory: user", r, ON("one"), "one 1", 2, -EFAULT);
	r = request, r.value[0].value = 0;
	expect_target("memory: NULL", r, ON("one"), "one 1", 2, -EFAULT);
	r = request, r.value[0].value = 1ULL << 63;
	expect_target("memory: no canonical address", r, ON("one"), "one 1", 2, -EFAULT);
	r = request, r.value[0].value = NOT_CANONICAL;
	expect_target("memory: no canonical address here", r, ON("one"), "one 1", 2, -EFAULT);
	r = request, r.value[0].value = NOT_MAPPED;
	expect_target("memory: not mapped", r, ON("one"), "one 1", 2, -EFAULT);
	set_level(1);
	expect_denied("memory: level 1", request, ON("one"), "one 1", 2);
	set_level(2);
	check(target("stored") == 0x11223344ffff7788, "memory: nothing of this changed it");
}

/* Text that the kernel generated has symbols too, which are no functions. */
static void generated_text(void)
{
	struct request request = REQUEST(1, VALUE(ARG0, 1));
	unsigned long program, trampoline;
	struct rule rule, other;

	check(!rule_load(&rule, &request, 0), "a program to be there");
	program = kernel_address("bpf_prog_*_selftest");
	if (program)
		expect_target("PC to a BPF program", REQUEST(4, VALUE(PC, program)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	else
		skip("PC to a BPF program", "it has no symbol here");
	check(!rule_load(&other, &request, 0) && !rule_attach(&other, &ON("one")), "a probe to be there");
	trampoline = kernel_address("ftrace_trampoline");
	if (trampoline)
		expect_target("PC to a trampoline", REQUEST(4, VALUE(PC, trampoline)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	else
		skip("PC to a trampoline", "it has no symbol here");
	rule_close(&other);
	rule_close(&rule);
}

static void refusals(void)
{
	struct request short_size = REQUEST(1, VALUE(ARG0, 1)), reserved = REQUEST(1, VALUE(ARG0, 1));
	struct request mixed = REQUEST(1, VALUE(ARG0, 100), VALUE(SP, 1)), too_many = { .flags = 1, .count = MAX_VALUES };
	static const char * const paddings[] = { "__pfx_regsh_target_other", "__cfi_regsh_target_sum" };
	unsigned long other = kernel_address("regsh_target_other"), padding;
	static const struct { int slot; const char *name; } never[] = {
		NO_OTHERS, { PC, "instruction pointer" }, { SP, "stack pointer" }, { 64, "slot 64" }, { -1, "slot 4294967295" },
	};
	char what[64];
	size_t i;

	for (i = 0; i < MAX_VALUES; i++)
		too_many.value[i] = (struct bpf_reg_value){ .slot = ARG0, .value = 100 };
	for (i = 0; i < sizeof(never) / sizeof(*never); i++) {
		snprintf(what, sizeof(what), "no %s in PARM", never[i].name);
		expect_target(what, REQUEST(1, VALUE(never[i].slot, 1)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	}
	expect_target("all or nothing", mixed, ON("sum"), "sum 1 2 3", 6, -EINVAL);
	short_size.size = 24;
	expect_target("size not a multiple of 16", short_size, ON("sum"), "sum 1 2 3", 6, -EINVAL);
	if (engine()->probe)
		skip("no values", "no map has elements of size 0");
	else
		expect_target("no values", (struct request){ .flags = 1 }, ON("sum"), "sum 1 2 3", 6, -EINVAL);
	reserved.value[0].reserved = 1;
	expect_target("reserved", reserved, ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("one slot twice", REQUEST(1, VALUE(ARG0, 100), VALUE(ARG1, 1), VALUE(ARG0, 200)), ON("sum"), "sum 1 2 3", 6,
		      -EINVAL);
	expect_target("the result twice in RETURN", REQUEST(2, VALUE(RESULT, 1), VALUE(RESULT, 2)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("the place twice in PC", REQUEST(4, VALUE(PC, other), VALUE(PC, other)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("more values than slots", too_many, ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("no flags", REQUEST(0, VALUE(ARG0, 1)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("unknown flags", REQUEST(8, VALUE(ARG0, 1)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("flags above 32 bits", REQUEST(1ULL << 32 | 1, VALUE(ARG0, 1)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("PC with PARM", REQUEST(5, VALUE(ARG0, 1)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("RETURN without a result", REQUEST(2, VALUE(ARG1, 1)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("PARM_RETURN without a result", REQUEST(3, VALUE(ARG1, 1)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("RETURN with an argument", REQUEST(2, VALUE(RESULT, 1), VALUE(ARG1, 1)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("PC to the middle of a function", REQUEST(4, VALUE(PC, kernel_address("regsh_target_other") + 8)),
	       ON("sum"), "sum 1 2 3", 6, -EINVAL);
	for (i = 0; i < sizeof(paddings) / sizeof(*paddings); i++) {
		snprintf(what, sizeof(what), "PC to %s, before a function", paddings[i]);
		padding = kernel_address(paddings[i]);
		if (padding)
			expect_target(what, REQUEST(4, VALUE(PC, padding)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
		else
			skip(what, "no such symbol here");
	}
	expect_target("PC to the probed function", REQUEST(4, VALUE(PC, kernel_address("regsh_target_sum"))), ON("sum"),
	       "sum 1 2 3", 6, -EINVAL);
	expect_target("PC to data", REQUEST(4, VALUE(PC, kernel_address("jiffies"))), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("PC to 0", REQUEST(4, VALUE(PC, 0)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("PC to user memory", REQUEST(4, VALUE(PC, (unsigned long)refusals)), ON("sum"), "sum 1 2 3", 6,
	       -EINVAL);
	expect_target("PC without a place", REQUEST(4, VALUE(ARG0, kernel_address("regsh_target_other"))), ON("sum"), "sum 1 2 3",
	       6, -EINVAL);
	expect_target("PC with an argument", REQUEST(4, VALUE(PC, other), VALUE(ARG0, 1)), ON("sum"), "sum 1 2 3", 6, -EINVAL);
	expect_target("a scratch register at an entry", REQUEST(1, VALUE(SCRATCH, 10)), ON("sum"), "sum 1 2 3", 6,
		      LOST_AT_FTRACE ? -EOPNOTSUPP : 0);
	expect_target("skip at a return", REQUEST(2, VALUE(RESULT, 1)), ON("sum", .at_return = true), "sum 1 2 3", 6,
	       -EOPNOTSUPP);
	expect_target("PC at a return", REQUEST(4, VALUE(PC, kernel_address("regsh_target_other"))),
	       ON("sum", .at_return = true), "sum 1 2 3", 6, -EOPNOTSUPP);
}

/* A probe of the module's own becomes a jump only where its program may not move the instruction pointer. */
static void jump_of_the_modules(const struct request *skip_it, const struct request *change, const struct probe *probe)
{
	struct rule rule, other;

	check(!rule_load(&other, change, 0), "a program loads");
	other.event = device_attach_for(other.program, probe, 1 << BPF_OVERRIDE_PARM);
	check(other.event >= 0 && becomes_jump(probe), "it is a jump");
	check(target("untraced 1") == 51 && rule_outcome(&other).answer == 0, "an argument at a jump");
	check(!rule_load(&rule, skip_it, 0) && !rule_attach(&rule, probe), "one that may skip beside it");
	rule_close(&other);
	check(target("untraced 1") == 50 && rule_outcome(&rule).answer == 0, "skip where a jump was");
	check(!becomes_jump(probe), "it stays a breakpoint");
	check(target("untraced 1") == 50, "skip at a breakpoint that could be a jump");
	rule_close(&rule);
}

/* A breakpoint goes on where the instruction pointer was moved to; the jump that replaces it after a while does not. */
static void untraced_entry(void)
{
	struct request skip_it = REQUEST(2, VALUE(RESULT, 50)), change = REQUEST(1, VALUE(ARG0, 50));
	struct request jump = REQUEST(4, VALUE(PC, kernel_address("regsh_target_mid")));
	struct probe probe = ON("untraced");
	struct rule rule, other;
	int err = rule_load(&rule, &change, 0);

	if (!err)
		err = rule_attach(&rule, &probe);
	rule_close(&rule);
	if (err == -EINVAL) {
		skip("breakpoints at entries", "needs CONFIG_KPROBE_EVENTS_ON_NOTRACE");
		return;
	}
	write_file("/proc/sys/debug/kprobes-optimization", "0");
	expect_target("an argument at a breakpoint", change, probe, "untraced 1", 51, 0);
	expect_target("skip at a breakpoint", skip_it, probe, "untraced 1", 50, 0);
	expect_target("another function at a breakpoint", jump, probe, "untraced 1", 7, 0);
	expect_target("a scratch register at a breakpoint", REQUEST(1, VALUE(SCRATCH, 1)), probe, "untraced 1", 2, 0);
	write_file("/proc/sys/debug/kprobes-optimization", "1");
	if (!has_jumps())
		return;

	if (engine()->probe) {
		jump_of_the_modules(&skip_it, &change, &probe);
		return;
	}
	check(!rule_load(&rule, &skip_it, 0) && !rule_attach(&rule, &probe), "attached for a jump");
	check(becomes_jump(&probe), "it is one");
	check(target("untraced 1") == 2 && rule_outcome(&rule).answer == -EOPNOTSUPP, "skip at a jump");
	check(!rule_load(&other, &change, 0) && !rule_attach(&other, &probe), "a second one");
	check(becomes_jump(&probe), "a jump for both");
	check(target("untraced 1") == 51 && rule_outcome(&other).answer == 0, "an argument at a jump");
	rule_close(&other);
	rule_close(&rule);
	check(!rule_load(&rule, &jump, 0) && !rule_attach(&rule, &probe), "attached for a jump elsewhere");
	check(becomes_jump(&probe), "it is a jump");
	check(target("untraced 1") == 2 && rule_outcome(&rule).answer == -EOPNOTSUPP, "another function at a jump");
	rule_close(&rule);
}

static void inside_functions(bool optimised)
{
	struct probe mid = ON("mid", .offset = target("mid_offset"), .jump = optimised);

	write_file("/proc/sys/debug/kprobes-optimization", optimised ? "1" : "0");
	expect_target("a register inside", REQUEST(1, VALUE(RESULT, 100)), mid, "mid 1", 105, 0);
	expect_target("a scratch register inside", REQUEST(1, VALUE(SCRATCH, 1)), mid, "mid 1", 7, 0);
	expect_target("skip inside", REQUEST(2, VALUE(RESULT, 100)), mid, "mid 1", 7, -EOPNOTSUPP);
	expect_target("PC inside", REQUEST(4, VALUE(PC, kernel_address("regsh_target_other"))), mid, "mid 1", 7, -EOPNOTSUPP);
}

/* A call through a pointer may only arrive at some instructions: where it is sent instead is none of them. */
static void indirect_call(void)
{
	struct request moves[] = { REQUEST(2, VALUE(RESULT, 50)), REQUEST(4, VALUE(PC, kernel_address("regsh_target_mid"))) };
	struct request kept = { .flags = 1, .count = 1, .keep = true, .watch = CALL_STATE, .value = { VALUE(KEPT, 0) } };
	struct probe probe = ON("pointed");
	struct run run = run_target(&kept, &probe, "pointed 1");
	bool remembered = run.after[1] & INDIRECT;
	size_t i;

	check(run.runs == 1 && run.result == 2, "a function called through a pointer");
	for (i = 0; i < sizeof(moves) / sizeof(*moves); i++) {
		moves[i].watch = CALL_STATE;
		run = run_target(&moves[i], &probe, "pointed 1");
		check(!run.answer && run.result == (i ? 7 : 50) && !(run.after[1] & INDIRECT), "%s: gives %lld; %s%s",
		      i ? "another one instead" : "it is skipped", run.result, remembered ? "was" : "was not",
		      run.after[1] & INDIRECT ? " and is an indirect call for the processor" : " an indirect call for the processor");
	}
}

/* Level 0 holds for what is attached already. */
static void level_off(void)
{
	struct request request = REQUEST(1, VALUE(ARG0, 100));
	struct probe probe = ON("sum");
	struct rule rule;

	check(!rule_load(&rule, &request, 0) && !rule_attach(&rule, &probe), "attached");
	check(target("sum 1 2 3") == 105, "applies at level 2");
	set_level(0);
	check(target("sum 1 2 3") == 6 && rule_outcome(&rule).answer == -EPERM, "stopped by level 0");
	set_level(2);
	check(target("sum 1 2 3") == 105, "applies again");
	rule_close(&rule);
	check(target("sum 1 2 3") == 6, "detached");
}

/* PC needs both functions in the list. */
static void listed_targets(void)
{
	const char *list = "/sys/kernel/debug/regs_override/list";
	struct request to_other = REQUEST(4, VALUE(PC, kernel_address("regsh_target_other")));
	struct request to_unlisted = REQUEST(4, VALUE(PC, kernel_address("regsh_target_unlisted")));

	/* Kernels with the helper have them listed. */
	if (!engine()->helper)
		check(!write_file(list, "regsh_target_sum regsh_target_other"), "two functions into the list");
	check(!set_level(1), "level 1");
	expect_target("PC to a listed function", to_other, ON("sum"), "sum 1 2 3", 123, 0);
	expect_target("PC to one that is not listed", to_unlisted, ON("sum"), "sum 1 2 3", 6, -EPERM);
	set_level(2);
	expect_target("PC to one that is not listed, at level 2", to_unlisted, ON("sum"), "sum 1 2 3", 2, 0);
	if (!engine()->helper)
		check(!write_file(list, "-regsh_target_sum -regsh_target_other"), "out of the list");
}

static void two_at_once(void)
{
	struct request at_entry = REQUEST(2, VALUE(RESULT, 5)), at_return = REQUEST(1, VALUE(RESULT, 9));
	struct probe entry = ON("sum"), ret = ON("sum", .at_return = true);
	struct rule a, b;

	check(!rule_load(&a, &at_return, 0) && !rule_attach(&a, &ret) && !rule_load(&b, &at_entry, 0) &&
	      !rule_attach(&b, &entry), "skip and return probe at one function");
	check(target("sum 1 2 3") == 9 || target("sum 1 2 3") == 5, "both at one function: %lld", target("sum 1 2 3"));
	rule_close(&a);
	check(target("sum 1 2 3") == 5, "the skip alone");
	rule_close(&b);
	check(target("sum 1 2 3") == 6, "none");
}

void kernel_tests(void)
{
	changes();
	all_cpus();
	every_register();
	if (engine()->mem)
		memory();
	else
		skip("memory", "no bpf_override_mem() here");
	refusals();
	generated_text();
	indirect_call();
	inside_functions(false);
	if (has_jumps())
		inside_functions(true);
	else
		skip("jumps", "this kernel makes no probe one");
	untraced_entry();
	level_off();
	listed_targets();
	two_at_once();
}
