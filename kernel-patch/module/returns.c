// SPDX-License-Identifier: GPL-2.0-only
/* Whether registers are those at the return of a function with a kretprobe: the task has a list of returns that are hooked. */
#include <linux/kprobes.h>
#include <linux/llist.h>
#include <linux/sched.h>
#include "override.h"

/* A return on the list: whose call it is, where it goes, and the probe, NULL if that is gone or is none of this kind. */
struct hooked {
	unsigned long frame, address;
	const struct kretprobe *probe;
};

#ifdef CONFIG_KRETPROBE_ON_RETHOOK
#include <linux/rethook.h>

/* What kretprobes put into their rethook, to tell them from others: not exported, so learned from one of ours. */
static void *kretprobe_handler;

static struct llist_node *first_hooked(void)
{
	return current->rethooks.first;
}

static struct hooked hooked(struct llist_node *at)
{
	struct rethook_node *node = container_of(at, struct rethook_node, llist);
	bool ours = (void *)rcu_access_pointer(node->rethook->handler) == kretprobe_handler;

	return (struct hooked){ node->frame, node->ret_addr, ours ? READ_ONCE(node->rethook->data) : NULL };
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

int __init returns_init(void)
{
	struct kretprobe probe = { .kp.addr = (kprobe_opcode_t *)probe_me, .handler = ignore_return, .maxactive = 1 };
	int err = register_kretprobe(&probe);

	if (err)
		return err;
	kretprobe_handler = (void *)rcu_access_pointer(probe.rh->handler);
	unregister_kretprobe(&probe);
	return 0;
}
#else
static struct llist_node *first_hooked(void)
{
	return current->kretprobe_instances.first;
}

static struct hooked hooked(struct llist_node *at)
{
	struct kretprobe_instance *instance = container_of(at, struct kretprobe_instance, llist);

	return (struct hooked){ (unsigned long)instance->fp, (unsigned long)instance->ret_addr, get_kretprobe(instance) };
}

int __init returns_init(void)
{
	return 0;
}
#endif

/*
 * The instruction pointer already holds the true return address. Functions that ended in a jump to another share a frame,
 * and all probed ones must be permitted.
 */
int returning(struct pt_regs *regs, int *err, unsigned long *function)
{
	unsigned long frame = returning_frame(regs);
	struct llist_node *at;
	bool returns_here = false;
	int found = 0;

	*err = 0;
	if (through_ftrace(regs))
		return 0;
	for (at = first_hooked(); at; at = at->next) {
		struct hooked now = hooked(at);
		int answer;

		if (now.frame != frame)
			break;
		returns_here |= now.address == instruction_pointer(regs);
		if (!now.probe)
			continue;
		*function = (unsigned long)now.probe->kp.addr;
		answer = override_permitted(verdict_of(*function));
		*err = *err ?: answer;
		found++;
	}
	return returns_here ? found : 0;
}
