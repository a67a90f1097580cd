/* SPDX-License-Identifier: GPL-2.0-only */
/* What arm64 has its own: where registers lie, and what a probe leaves in them. */
#ifndef REGS_OVERRIDE_ARCH_H
#define REGS_OVERRIDE_ARCH_H

#include <linux/bits.h>
#include <linux/bpf_perf_event.h>
#include <linux/kernel.h>
#include <linux/ptrace.h>
#include <linux/uaccess.h>
#include <asm/memory.h>
#include <asm/processor.h>

#define SLOT_OF(reg) (offsetof(struct user_pt_regs, reg) / sizeof(u64))

#define SLOT_RETURN SLOT_OF(regs[0])
#define SLOT_PC SLOT_OF(pc)
/* x0 to x29 without x18, which may hold the shadow call stack. x30 is the return address. */
#define SLOTS_GENERAL (GENMASK(SLOT_OF(regs[29]), 0) & ~BIT(SLOT_OF(regs[18])))
/* Kprobes are breakpoints, wherever they are. */
#define SLOTS_NOT_AT_FTRACE 0UL

static_assert(SLOT_OF(regs[30]) == 30 && SLOT_OF(pc) == 32);

static inline struct pt_regs *registers_of(bpf_user_pt_regs_t *context)
{
	return container_of(context, struct pt_regs, user_regs);
}

/* How far behind the address of a probe in the kernel the program counter is at a hit. */
#define PC_BEHIND 0

/* A function is entered at its first instruction alone, be it a BTI: there its return address is in x30, and not yet signed. */
#define ENTRY_SIZE 0

/* An indirect call may have led here, after which the processor lets only a BTI or the like be executed. */
static inline void go_on_at(struct pt_regs *regs, unsigned long address)
{
	regs->pc = address;
	regs->pstate &= ~(u64)PSR_BTYPE_MASK;
}

/* What kretprobes know a call by: the frame of the caller. */
static inline unsigned long returning_frame(const struct pt_regs *regs)
{
	return regs->regs[29];
}

/* Modules lie before the image and behind it. */
static inline bool may_be_module(unsigned long address)
{
	return true;
}

static inline bool is_kernel_address(u64 address)
{
	return is_ttbr1_addr(address);
}

#define USER_END TASK_SIZE_64

static inline bool is_user_64bit(struct pt_regs *regs)
{
	return !compat_user_mode(regs);
}

#ifndef __put_kernel_nofault
#include "store.h"
#endif

#endif
