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

#define INTERVAL (5 * HZ)

static struct {
	atomic_t busy;
	unsigned long address;
	enum report_kind kind;
	pid_t pid;
	char comm[TASK_COMM_LEN];
} record;

/* When a hit that is not at a remembered address may be printed again. */
static unsigned long next;

static void print_record(struct irq_work *work)
{
	static DEFINE_RATELIMIT_STATE(limit, INTERVAL, 10);
	int comm = strnlen(record.comm, sizeof(record.comm));

	if (__ratelimit(&limit)) {
		switch (record.kind) {
		case REPORT_KERNEL:
			pr_notice("overriding registers of %pS, first in %*pE[%d]\n", (void *)record.address,
				  comm, record.comm, record.pid);
			break;
		case REPORT_USER:
			pr_notice("overriding registers of %*pE[%d] at user address %#lx\n", comm, record.comm,
				  record.pid, record.address);
			break;
		case REPORT_MEMORY:
			pr_notice("overriding memory at %pS, in %*pE[%d]\n", (void *)record.address, comm,
				  record.comm, record.pid);
			break;
		}
	}
	atomic_set_release(&record.busy, 0);
}

static DEFINE_IRQ_WORK(printer, print_record);

void report_override(unsigned long address, enum report_kind kind)
{
	if (kind != REPORT_KERNEL) {
		unsigned long after = READ_ONCE(next);

		if (after && time_before(jiffies, after))
			return;
		WRITE_ONCE(next, (jiffies + INTERVAL) ?: 1);
	}
	if (atomic_cmpxchg_acquire(&record.busy, 0, 1))
		return;
	record.address = address;
	record.kind = kind;
	record.pid = current->pid;
	memcpy(record.comm, current->comm, sizeof(record.comm));
	irq_work_queue(&printer);
}

void report_program(const char *does, const char *program)
{
	pr_notice_ratelimited("%*pE[%d], uid %u, %s program \"%s\", which overrides registers\n",
			      (int)strnlen(current->comm, sizeof(current->comm)), current->comm, current->pid,
			      from_kuid(&init_user_ns, current_uid()), does, program);
}

void report_exit(void)
{
	irq_work_sync(&printer);
}
