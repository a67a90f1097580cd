// SPDX-License-Identifier: GPL-2.0-only
/*
 * Text of modules that is going or gone. Between the notice of that and the freeing, symbols of it can still be looked
 * up, so a look-up cannot tell; and no notice says when it has been freed. So nothing there counts as a function until
 * another module comes to lie there.
 */
#include <linux/module.h>
#include <linux/notifier.h>
#include <linux/rculist.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/spinlock.h>
#include "override.h"

struct departing {
	struct list_head list;
	struct rcu_head rcu;
	unsigned long start, end;
};

/* Changed by the notifier alone, which may be called for several modules at a time. */
static LIST_HEAD(departing);
static DEFINE_SPINLOCK(lock);
/* Whether calls were sent to a module ever: only then somebody can be on the way to one that goes. */
static bool sent;

bool is_departing(unsigned long address)
{
	struct departing *d;
	bool found = false;

	rcu_read_lock();
	list_for_each_entry_rcu(d, &departing, list) {
		found = address >= d->start && address < d->end;
		if (found)
			break;
	}
	rcu_read_unlock();
	return found;
}

void will_send_to(unsigned long target)
{
	if (READ_ONCE(sent) || !may_be_module(target))
		return;
	WRITE_ONCE(sent, true);
	/* Pairs with wait_for_entered(): who does not see this has flushed what is asked next. */
	smp_mb();
}

#ifdef HAS_MODULE_MEMORY
#define TEXT(module) (module)->mem[MOD_TEXT].base, (module)->mem[MOD_TEXT].size
#define INIT_TEXT(module) (module)->mem[MOD_INIT_TEXT].base, (module)->mem[MOD_INIT_TEXT].size
#else
#define TEXT(module) (module)->core_layout.base, (module)->core_layout.text_size
#define INIT_TEXT(module) (module)->init_layout.base, (module)->init_layout.text_size
#endif

static void goes(const void *text, unsigned int size)
{
	struct departing *d;

	if (!size)
		return;
	d = kmalloc(sizeof(*d), GFP_KERNEL | __GFP_NOFAIL);
	d->start = (unsigned long)text;
	d->end = d->start + size;
	spin_lock(&lock);
	list_add_rcu(&d->list, &departing);
	spin_unlock(&lock);
}

static void comes(const void *text, unsigned int size)
{
	unsigned long start = (unsigned long)text, end = start + size;
	struct departing *d, *next;

	spin_lock(&lock);
	list_for_each_entry_safe(d, next, &departing, list) {
		if (d->start >= end || start >= d->end)
			continue;
		list_del_rcu(&d->list);
		kfree_rcu(d, rcu);
	}
	spin_unlock(&lock);
}

/*
 * Whoever was told before this that the text may be entered has entered it when the readers of RCU are done, and has left
 * it, unless it sleeps there, when the tasks are: the memory is freed later than that.
 */
static void wait_for_entered(void)
{
	smp_mb();
	if (READ_ONCE(sent))
		synchronize_rcu_tasks();
}

static int modules_changed(struct notifier_block *nb, unsigned long action, void *data)
{
	const struct module *module = data;

	switch (action) {
	case MODULE_STATE_COMING:
		comes(TEXT(module));
		comes(INIT_TEXT(module));
		break;
	case MODULE_STATE_LIVE:
		goes(INIT_TEXT(module));
		break;
	case MODULE_STATE_GOING:
		goes(TEXT(module));
		goes(INIT_TEXT(module));
		break;
	}
	verdict_flush();
	if (action != MODULE_STATE_COMING)
		wait_for_entered();
	return NOTIFY_OK;
}

static struct notifier_block notifier = { .notifier_call = modules_changed };

int __init departing_init(void)
{
	return register_module_notifier(&notifier);
}

void departing_exit(void)
{
	struct departing *d, *next;

	unregister_module_notifier(&notifier);
	list_for_each_entry_safe(d, next, &departing, list) {
		list_del(&d->list);
		kfree(d);
	}
}
