// SPDX-License-Identifier: GPL-2.0-only
/*
 * The kernel log: who loads a program that overrides, and what it overrides first. A probe may hit where printing
 * would deadlock, so a hit leaves one record, and an interrupt prints it; hits meanwhile are not recorded.
 */
#define pr_fmt(fmt) KBUILD_MODNAME ": " fmt

#include <linux/atomic.h>
#include <linux/cred.h>
#include <linux/irq_work.h>
#include <linux/jiffies.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/sched.h>
#include <linux/uidgid.h>
#include "override.h"

#define USER_INTERVAL (5 * HZ)

static struct {
	atomic_t busy;
	unsigned long address;
	bool user;
	pid_t pid;
	char comm[TASK_COMM_LEN];
} record;

static unsigned long next_user;

static void print_record(struct irq_work *work)
{
	static DEFINE_RATELIMIT_STATE(limit, 5 * HZ, 10);

	if (__ratelimit(&limit)) {
		if (record.user)
			pr_notice("overriding registers of %*pE[%d] at user address %#lx\n",
				  (int)strnlen(record.comm, sizeof(record.comm)), record.comm, record.pid,
				  record.address);
		else
			pr_notice("overriding registers of %pS, first in %*pE[%d]\n", (void *)record.address,
				  (int)strnlen(record.comm, sizeof(record.comm)), record.comm, record.pid);
	}
	atomic_set_release(&record.busy, 0);
}

static DEFINE_IRQ_WORK(printer, print_record);

void report_override(unsigned long address, bool user)
{
	if (user) {
		unsigned long next = READ_ONCE(next_user);

		if (next && time_before(jiffies, next))
			return;
		WRITE_ONCE(next_user, (jiffies + USER_INTERVAL) ?: 1);
	}
	if (atomic_cmpxchg_acquire(&record.busy, 0, 1))
		return;
	record.address = address;
	record.user = user;
	record.pid = current->pid;
	memcpy(record.comm, current->comm, sizeof(record.comm));
	irq_work_queue(&printer);
}

void report_loaded(const char *program)
{
	pr_notice_ratelimited("%*pE[%d], uid %u, loads program \"%s\", which overrides registers\n",
			      (int)strnlen(current->comm, sizeof(current->comm)), current->comm, current->pid,
			      from_kuid(&init_user_ns, current_uid()), program);
}

void report_exit(void)
{
	irq_work_sync(&printer);
}
