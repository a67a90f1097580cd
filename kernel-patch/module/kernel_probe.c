// SPDX-License-Identifier: GPL-2.0-only
/* The module's own kprobes and kretprobes. They go where the kernel's own would go, and nowhere else. */
#include <linux/kprobes.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include "override.h"

#define ASKS_MOVE (BIT(BPF_OVERRIDE_RETURN) | BIT(BPF_OVERRIDE_PARM_RETURN) | BIT(BPF_OVERRIDE_PC))
/* MODULE:FUNCTION */
#define NAME_SIZE (MODULE_NAME_LEN + 1 + KSYM_NAME_LEN)

struct kernel_hook {
	struct probe probe;
	struct kretprobe at;		/* KPROBE: its kprobe alone */
	char name[NAME_SIZE];
};

static struct kernel_hook *hook_of(struct probe *probe)
{
	return container_of(probe, struct kernel_hook, probe);
}

static int entered(struct kprobe *kprobe, struct pt_regs *regs)
{
	struct kernel_hook *hook = container_of(kprobe, struct kernel_hook, at.kp);

	return hit(&hook->probe, regs);
}

/* Keeps a breakpoint one: the jump that could replace it goes on behind it whatever became of the instruction pointer. */
static void stepped(struct kprobe *kprobe, struct pt_regs *regs, unsigned long flags)
{
}

static int returned(struct kretprobe_instance *instance, struct pt_regs *regs)
{
#ifdef HAS_GET_KRETPROBE
	struct kretprobe *at = get_kretprobe(instance);
#else
	struct kretprobe *at = instance->rp;
#endif

	if (at)
		hit(&container_of(at, struct kernel_hook, at)->probe, regs);
	return 0;
}

/* Prepared, but not armed; *at is overwritten. */
static int prepare(struct kernel_hook *hook, const struct regs_override_attach *request, kprobe_post_handler_t post_handler)
{
	bool at_return = request->kind == REGS_OVERRIDE_KRETPROBE;
	struct kprobe *kprobe = &hook->at.kp;

	hook->at = (struct kretprobe){ .maxactive = request->maxactive };
	if (request->symbol)
		kprobe->symbol_name = hook->name;
	else
		kprobe->addr = (kprobe_opcode_t *)request->address;
	kprobe->offset = request->offset;
	kprobe->flags = KPROBE_FLAG_DISABLED;
	if (at_return) {
		hook->at.handler = returned;
		return register_kretprobe(&hook->at);
	}
	kprobe->pre_handler = entered;
	kprobe->post_handler = post_handler;
	return register_kprobe(kprobe);
}

static void take_away(struct kernel_hook *hook)
{
	if (hook->probe.kind == REGS_OVERRIDE_KRETPROBE)
		unregister_kretprobe(&hook->at);
	else
		unregister_kprobe(&hook->at.kp);
}

/* The kernel has probes that programs hang at nowhere in notrace functions, which the tracing itself may use. */
static bool traced(const struct kprobe *kprobe)
{
#if defined(CONFIG_DYNAMIC_FTRACE) && !defined(CONFIG_KPROBE_EVENTS_ON_NOTRACE)
	char symbol[KSYM_SYMBOL_LEN], *end;
	unsigned long start;

	if (kprobe_ftrace((struct kprobe *)kprobe))
		return true;
	start = function_start((unsigned long)kprobe->addr);
	if (!start)
		return false;
	if (is_traced(NULL, start))
		return true;
	/* A part that the compiler cut off has none of its own: f.cold is as f is. */
	sprint_symbol_no_offset(symbol, start);
	end = strchr(symbol, '.');
	if (!end)
		return false;
	*end = 0;
	return is_traced(symbol, 0);
#else
	return true;
#endif
}

/* Whether anything of what the program may ask for is allowed and possible here. */
static int judge(const struct probe *probe, u32 verdict)
{
	u32 possible = ~REGS_OVERRIDE_ASKS_MEM;
	int err;

	if (!probe->asks || (probe->asks & REGS_OVERRIDE_ASKS_MEM && !memory_permitted()))
		return 0;
	err = probe->asks == REGS_OVERRIDE_ASKS_MEM ? -EPERM : override_permitted(verdict);
	if (err)
		return err;
	if (probe->kind == REGS_OVERRIDE_KRETPROBE || !(verdict & VERDICT_ENTRY))
		possible &= ~ASKS_MOVE;
	return probe->asks & possible ? 0 : -EOPNOTSUPP;
}

/* Registered and fit for what the program may ask for, but not armed. */
static int settle(struct kernel_hook *hook, const struct regs_override_attach *request)
{
	struct probe *probe = &hook->probe;
	struct kprobe *kprobe = &hook->at.kp;
	bool through_ftrace, could_jump;
	u32 verdict;
	int err;

	err = prepare(hook, request, NULL);
	if (err)
		return err;
	through_ftrace = kprobe_ftrace(kprobe);
	could_jump = IS_ENABLED(CONFIG_OPTPROBES) && !through_ftrace;
	verdict = verdict_of((unsigned long)kprobe->addr);
	err = traced(kprobe) ? judge(probe, verdict) : -EINVAL;
	if (!err && probe->kind == REGS_OVERRIDE_KPROBE && could_jump && probe->asks & ASKS_MOVE && verdict & VERDICT_ENTRY) {
		/*
		 * Not at ftrace entries: there the kernel would arm probes with and without it by different means, and disarm
		 * the last by the wrong one.
		 */
		take_away(hook);
		err = prepare(hook, request, stepped);
		if (err)
			return err;
		/* Another probe of another kind may have come meanwhile. */
		if (kprobe_ftrace(kprobe))
			err = -EAGAIN;
	}
	if (err) {
		take_away(hook);
		return err;
	}
	probe->place.address = (unsigned long)kprobe->addr;
	probe->place.through_ftrace = through_ftrace;
	probe->place.through_jump = could_jump && !kprobe->post_handler;
	return 0;
}

static void detach_kprobes(struct probe **probes, u32 count)
{
	struct kprobe *at[DETACH_BATCH];
	u32 i;

	for (i = 0; i < count; i++)
		at[i] = &hook_of(probes[i])->at.kp;
	unregister_kprobes(at, count);
}

static void detach_kretprobes(struct probe **probes, u32 count)
{
	struct kretprobe *at[DETACH_BATCH];
	u32 i;

	for (i = 0; i < count; i++)
		at[i] = &hook_of(probes[i])->at;
	unregister_kretprobes(at, count);
}

static unsigned long missed(struct probe *probe)
{
	struct kernel_hook *hook = hook_of(probe);

	return hook->at.kp.nmissed + hook->at.nmissed;
}

static void show(struct probe *probe, struct seq_file *m)
{
	seq_printf(m, "function:\t%ps\noffset:\t%u\n", (void *)probe->place.address, hook_of(probe)->at.kp.offset);
}

static void free_hook(struct probe *probe)
{
	kfree(hook_of(probe));
}

static const struct probe_ops kprobe_ops = { .detach = detach_kprobes, .missed = missed, .show = show, .free = free_hook };
static const struct probe_ops kretprobe_ops = { .detach = detach_kretprobes, .missed = missed, .show = show, .free = free_hook };

static int read_name(struct kernel_hook *hook, u64 pointer)
{
	long length = strncpy_from_user(hook->name, u64_to_user_ptr(pointer), sizeof(hook->name));

	if (length < 0)
		return length;
	return length && length < sizeof(hook->name) ? 0 : -EINVAL;
}

struct probe *kernel_probe_attach(const struct regs_override_attach *request, struct bpf_prog *program)
{
	struct kernel_hook *hook;
	int err = 0;

	if (request->file || request->pid || !request->symbol == !request->address || request->offset > U32_MAX)
		return ERR_PTR(-EINVAL);
	if (request->kind == REGS_OVERRIDE_KPROBE && request->maxactive)
		return ERR_PTR(-EINVAL);
	hook = kzalloc(sizeof(*hook), GFP_KERNEL_ACCOUNT);
	if (!hook)
		return ERR_PTR(-ENOMEM);
	hook->probe.program = program;
	hook->probe.cookie = request->cookie;
	hook->probe.kind = request->kind;
	hook->probe.asks = request->asks;
	hook->probe.ops = request->kind == REGS_OVERRIDE_KRETPROBE ? &kretprobe_ops : &kprobe_ops;
	if (request->symbol)
		err = read_name(hook, request->symbol);
	if (!err)
		err = settle(hook, request);
	if (!err) {
		err = enable_kprobe(&hook->at.kp);
		if (err)
			take_away(hook);
	}
	if (err) {
		kfree(hook);
		return ERR_PTR(err);
	}
	return &hook->probe;
}
