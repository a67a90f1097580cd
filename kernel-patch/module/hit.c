// SPDX-License-Identifier: GPL-2.0-only
/* A hit of one of the module's own probes: its program runs, and what the program asks meanwhile is done to this hit. */
#include <linux/bits.h>
#include <linux/filter.h>
#include <linux/percpu.h>
#include <linux/preempt.h>
#include <linux/rcupdate.h>
#include "override.h"

struct running {
	struct probe *probe;
	struct pt_regs *regs;
	unsigned long context;		/* thread, softirq, hardirq or NMI */
	bool moved;
};

/*
 * What runs on this CPU. The kernel's own probes keep programs from running within each other by a count that modules
 * cannot reach; this keeps ours from each other.
 */
static DEFINE_PER_CPU(struct running *, running);

static u32 run(const struct bpf_prog *program, struct pt_regs *regs)
{
#ifdef HAS_BPF_PROG_RUN
	return bpf_prog_run(program, regs);
#else
	return BPF_PROG_RUN(program, regs);
#endif
}

/* The kernel's helper for cookies asks the task. */
static void run_with_cookie(const struct probe *probe, struct pt_regs *regs)
{
#ifdef HAS_TRACE_RUN_CTX
	struct bpf_trace_run_ctx context = {
		.bpf_cookie = probe->cookie,
#ifdef HAS_TRACE_RUN_CTX_IS_UPROBE
		.is_uprobe = probe->kind == REGS_OVERRIDE_UPROBE || probe->kind == REGS_OVERRIDE_URETPROBE,
#endif
	};
	struct bpf_run_ctx *before = bpf_set_run_ctx(&context.run_ctx);

	run(probe->program, regs);
	bpf_reset_run_ctx(before);
#else
	run(probe->program, regs);
#endif
}

bool hit(struct probe *probe, struct pt_regs *regs)
{
	struct running now = { .probe = probe, .regs = regs, .context = irq_count() };

	preempt_disable_notrace();
	if (this_cpu_read(running)) {
		atomic_long_inc(&probe->missed);
	} else {
		this_cpu_write(running, &now);
		rcu_read_lock();
		run_with_cookie(probe, regs);
		rcu_read_unlock();
		this_cpu_write(running, NULL);
	}
	preempt_enable_notrace();
	return now.moved;
}

/* The hit whose program asks. A system call finds none: a hit is never preempted. Nor does an interrupt that came into one. */
static struct running *asking(void)
{
	struct running *now = this_cpu_read(running);

	return now && now->context == irq_count() ? now : NULL;
}

static int carry_out(struct running *now, const struct override *o)
{
	const struct kernel_probe *place = &now->probe->place;
	u32 verdict;
	int err;

	switch (now->probe->kind) {
	case REGS_OVERRIDE_KPROBE:
		return override_at_probe(now->regs, o, place);
	case REGS_OVERRIDE_KRETPROBE:
		verdict = verdict_of(place->address);
		err = override_permitted(verdict);
		return err ?: override_at_return(now->regs, o, place->address, verdict);
	default:
		return override_user(now->regs, o);
	}
}

int hit_override(const struct bpf_reg_value *vals, u32 size, u64 flags)
{
	struct running *now = asking();
	struct override o;
	int err;

	if (!now)
		return -EPERM;
	err = override_request(&o, vals, size, flags);
	if (err)
		return err;
	if (!(now->probe->asks & BIT(o.flags)))
		return -EPERM;
	err = carry_out(now, &o);
	if (!err && o.flags != BPF_OVERRIDE_PARM)
		now->moved = true;
	return err;
}

int hit_store(const struct regs_override_store *store, u64 flags)
{
	struct running *now = asking();
	u32 size = READ_ONCE(store->size);

	if (!now || !(now->probe->asks & REGS_OVERRIDE_ASKS_MEM))
		return -EPERM;
	if (flags || READ_ONCE(store->reserved))
		return -EINVAL;
	return override_memory(READ_ONCE(store->address), store->value, size);
}
