// SPDX-License-Identifier: GPL-2.0-only
/* Which kind of probe hit in the kernel, and in which function, as far as the registers of its program tell. */
#include <linux/kprobes.h>
#include <linux/llist.h>
#include <linux/module.h>
#include <linux/rethook.h>
#include <linux/sched.h>
#include <linux/uaccess.h>
#include "override.h"

#ifndef CONFIG_KRETPROBE_ON_RETHOOK
#error "regs_override needs CONFIG_KRETPROBE_ON_RETHOOK"
#endif

#define INT3 0xcc

/* What kretprobes put into their rethook, to tell them from others: not exported, so learned from one of ours. */
static void *kretprobe_handler;

/*
 * Each of the three ways into a probe leaves its own registers. A function entered through ftrace has orig_ax 0 (or
 * the address of a direct call); the exception and the jump have -1. The jump's detour saves the registers right
 * below the stack it interrupted; the exception leaves a gap there.
 */
static bool through_ftrace(const struct pt_regs *regs)
{
	return regs->orig_ax != -1UL;
}

static bool through_jump(const struct pt_regs *regs, unsigned long address)
{
	u8 byte;

	if (through_ftrace(regs))
		return false;
	if (regs->sp == (unsigned long)(regs + 1))
		return true;
	return copy_from_kernel_nofault(&byte, (void *)address, 1) || byte != INT3;
}

/*
 * The function that is returning is in the task's list of hooked returns: its frame is where the return address
 * was, which is right above the registers that the trampoline saved; ip already holds the true return address.
 * Functions that ended in a jump to another share a frame, and all probed ones must be permitted.
 *
 * Return: how many kretprobes are returning here, 0 if this is no return; *err is the strictest answer.
 */
static int returning(const struct pt_regs *regs, int *err, unsigned long *function)
{
	unsigned long frame = (unsigned long)(regs + 1);
	struct llist_node *at;
	bool returns_here = false;
	int found = 0;

	*err = 0;
	if (through_ftrace(regs))
		return 0;
	for (at = current->rethooks.first; at; at = at->next) {
		struct rethook_node *node = container_of(at, struct rethook_node, llist);
		struct kretprobe *probe;
		int answer;

		if (node->frame != frame)
			break;
		returns_here |= node->ret_addr == regs->ip;
		if ((void *)rcu_access_pointer(node->rethook->handler) != kretprobe_handler)
			continue;
		probe = READ_ONCE(node->rethook->data);
		if (!probe)
			continue;
		*function = (unsigned long)probe->kp.addr;
		answer = override_permitted(verdict_of(*function));
		*err = *err ?: answer;
		found++;
	}
	return returns_here ? found : 0;
}

int override_kernel(struct pt_regs *regs, const struct override *o)
{
	struct kernel_probe probe;
	unsigned long function;
	int err;

	if (returning(regs, &err, &function))
		return err ?: override_at_return(regs, o, function, verdict_of(function));

	/*
	 * As after the breakpoint, whichever way the probe was entered. After PC at this hit that names no entry, so that
	 * neither RETURN nor PC can follow.
	 */
	probe.address = regs->ip - 1;
	probe.through_ftrace = through_ftrace(regs);
	probe.through_jump = through_jump(regs, probe.address);
	return override_at_probe(regs, o, &probe);
}

/* Never called: a place for the probe below. */
static noinline void probe_me(void)
{
	barrier();
}

static int ignore_return(struct kretprobe_instance *instance, struct pt_regs *regs)
{
	return 0;
}

int __init kernel_context_init(void)
{
	struct kretprobe probe = { .kp.addr = (kprobe_opcode_t *)probe_me, .handler = ignore_return, .maxactive = 1 };
	int err = register_kretprobe(&probe);

	if (err)
		return err;
	kretprobe_handler = (void *)rcu_access_pointer(probe.rh->handler);
	unregister_kretprobe(&probe);
	return 0;
}
