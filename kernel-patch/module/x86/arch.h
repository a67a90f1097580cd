/* SPDX-License-Identifier: GPL-2.0-only */
/* What x86-64 has its own: where registers lie, and what a probe leaves in them. */
#ifndef REGS_OVERRIDE_ARCH_H
#define REGS_OVERRIDE_ARCH_H

#include <linux/bits.h>
#include <linux/bpf_perf_event.h>
#include <linux/pgtable.h>
#include <linux/ptrace.h>
#include <linux/uaccess.h>

#define SLOT_OF(reg) (offsetof(struct pt_regs, reg) / sizeof(unsigned long))

#define SLOT_RETURN SLOT_OF(ax)
#define SLOT_PC SLOT_OF(ip)
/* r15 to rdi without orig_rax: what lies above is the stack pointer, the flags and the segments. */
#define SLOTS_GENERAL GENMASK(SLOT_OF(di), 0)
/* What an ftrace entry does not restore. */
#define SLOTS_NOT_AT_FTRACE BIT(SLOT_OF(r11))

static_assert(SLOT_OF(r15) == 0 && SLOT_OF(di) == 14 && SLOT_OF(ip) == 16);

static inline struct pt_regs *registers_of(bpf_user_pt_regs_t *context)
{
	return context;
}

/* How far behind the address of a probe in the kernel the instruction pointer is at a hit: a breakpoint has been executed. */
#define PC_BEHIND 1

/* Where a function has an ENDBR, it is entered before and behind it. */
#define ENTRY_SIZE 4

static inline void go_on_at(struct pt_regs *regs, unsigned long address)
{
	regs->ip = address;
}

/* What kretprobes know a call by: where the return address was, which is right above the registers that the trampoline saved. */
static inline unsigned long returning_frame(const struct pt_regs *regs)
{
	return (unsigned long)(regs + 1);
}

static inline bool may_be_module(unsigned long address)
{
	return address >= MODULES_VADDR;
}

static inline bool is_kernel_address(u64 address)
{
	/* Of the page tables there are: the processor may know larger ones. */
	unsigned int unused_bits = 63 - __VIRTUAL_MASK_SHIFT;

	return address >= TASK_SIZE_MAX + PAGE_SIZE && (u64)((s64)(address << unused_bits) >> unused_bits) == address;
}

#define USER_END TASK_SIZE_MAX

static inline bool is_user_64bit(struct pt_regs *regs)
{
	return user_64bit_mode(regs);
}

#endif
