// SPDX-License-Identifier: GPL-2.0-only
/* The module's own uprobes and uretprobes. */
#include <linux/dcache.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/seq_file.h>
#include <linux/slab.h>
#include <linux/uprobes.h>
#include "override.h"

struct user_hook {
	struct probe probe;
	struct uprobe_consumer consumer;
	struct file *file;
	loff_t offset;
	struct task_struct *task;	/* NULL: any */
#ifdef HAS_UPROBE_OBJECTS
	struct uprobe *uprobe;
#endif
};

static struct user_hook *hook_of(struct probe *probe)
{
	return container_of(probe, struct user_hook, probe);
}

static bool wanted(const struct user_hook *hook, const struct mm_struct *mm)
{
	return !hook->task || READ_ONCE(hook->task->mm) == mm;
}

/* Kernels give their handlers more and more. */
#ifdef HAS_UPROBE_DATA
#define MORE , __u64 *data
#else
#define MORE
#endif
#ifdef HAS_UPROBE_SIMPLE_FILTER
#define CONTEXT
#else
#define CONTEXT enum uprobe_filter_ctx context,
#endif

static bool filter(struct uprobe_consumer *consumer, CONTEXT struct mm_struct *mm)
{
	return wanted(container_of(consumer, struct user_hook, consumer), mm);
}

static int entered(struct uprobe_consumer *consumer, struct pt_regs *regs MORE)
{
	struct user_hook *hook = container_of(consumer, struct user_hook, consumer);

	if (wanted(hook, current->mm))
		hit(&hook->probe, regs);
	return 0;
}

static int returned(struct uprobe_consumer *consumer, unsigned long function, struct pt_regs *regs MORE)
{
	return entered(consumer, regs
#ifdef HAS_UPROBE_DATA
		       , data
#endif
		      );
}

static int attach(struct user_hook *hook)
{
	struct inode *inode = d_real_inode(hook->file->f_path.dentry);

#ifdef HAS_UPROBE_OBJECTS
	hook->uprobe = uprobe_register(inode, hook->offset, 0, &hook->consumer);
	return PTR_ERR_OR_ZERO(hook->uprobe);
#else
	return uprobe_register(inode, hook->offset, &hook->consumer);
#endif
}

static void detach(struct probe **probes, u32 count)
{
	struct user_hook *hook;
	u32 i;

	for (i = 0; i < count; i++) {
		hook = hook_of(probes[i]);
#ifdef HAS_UPROBE_OBJECTS
		uprobe_unregister_nosync(hook->uprobe, &hook->consumer);
#else
		uprobe_unregister(d_real_inode(hook->file->f_path.dentry), hook->offset, &hook->consumer);
#endif
	}
#ifdef HAS_UPROBE_OBJECTS
	uprobe_unregister_sync();
#endif
}

static unsigned long missed(struct probe *probe)
{
	return 0;
}

static void show(struct probe *probe, struct seq_file *m)
{
	struct user_hook *hook = hook_of(probe);

	seq_puts(m, "file:\t");
	seq_file_path(m, hook->file, "\n\\");
	seq_printf(m, "\noffset:\t%llu\n", (unsigned long long)hook->offset);
}

static void free_hook(struct probe *probe)
{
	struct user_hook *hook = hook_of(probe);

	if (hook->task)
		put_task_struct(hook->task);
	if (hook->file)
		fput(hook->file);
	kfree(hook);
}

static const struct probe_ops ops = { .detach = detach, .missed = missed, .show = show, .free = free_hook };

static u32 possible(u32 kind)
{
	u32 always = BIT(BPF_OVERRIDE_PARM) | REGS_OVERRIDE_ASKS_MEM;

#ifdef UPROBE_HONOURS_IP
	return kind == REGS_OVERRIDE_UPROBE ? ~0U : always;
#else
	return always;
#endif
}

static int judge(const struct probe *probe)
{
	if (!probe->asks)
		return 0;
	if (READ_ONCE(override_level) == LEVEL_OFF || (probe->asks == REGS_OVERRIDE_ASKS_MEM && memory_permitted()))
		return -EPERM;
	return probe->asks & possible(probe->kind) ? 0 : -EOPNOTSUPP;
}

static int find_task(struct user_hook *hook, pid_t number)
{
	struct pid *pid = find_get_pid(number);

	hook->task = get_pid_task(pid, PIDTYPE_PID);
	put_pid(pid);
	return hook->task ? 0 : -ESRCH;
}

static int settle(struct user_hook *hook, const struct regs_override_attach *request)
{
	int err = judge(&hook->probe);

	if (err)
		return err;
	hook->file = fget(request->file);
	if (!hook->file)
		return -EBADF;
	if (!(hook->file->f_mode & FMODE_READ) || !S_ISREG(file_inode(hook->file)->i_mode))
		return -EINVAL;
	if (request->pid) {
		err = find_task(hook, request->pid);
		if (err)
			return err;
	}
	return attach(hook);
}

struct probe *user_probe_attach(const struct regs_override_attach *request, struct bpf_prog *program)
{
	struct user_hook *hook;
	int err;

	if (request->symbol || request->address || request->maxactive || request->pid < 0 || request->offset > S64_MAX)
		return ERR_PTR(-EINVAL);
	hook = kzalloc(sizeof(*hook), GFP_KERNEL_ACCOUNT);
	if (!hook)
		return ERR_PTR(-ENOMEM);
	hook->probe.program = program;
	hook->probe.cookie = request->cookie;
	hook->probe.kind = request->kind;
	hook->probe.asks = request->asks;
	hook->probe.ops = &ops;
	hook->offset = request->offset;
	hook->consumer.filter = filter;
	if (request->kind == REGS_OVERRIDE_UPROBE)
		hook->consumer.handler = entered;
	else
		hook->consumer.ret_handler = returned;
	err = settle(hook, request);
	if (err) {
		free_hook(&hook->probe);
		return ERR_PTR(err);
	}
	return &hook->probe;
}
