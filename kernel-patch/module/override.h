/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef REGS_OVERRIDE_H
#define REGS_OVERRIDE_H

#include <linux/ptrace.h>
#include <linux/types.h>
#include "bpf_override_regs.h"

#if !defined(CONFIG_X86_64) || !defined(CONFIG_KRETPROBE_ON_RETHOOK)
#error "regs_override needs x86-64 with CONFIG_KRETPROBE_ON_RETHOOK"
#endif

#define SLOT_OF(reg) (offsetof(struct pt_regs, reg) / sizeof(unsigned long))

/* A request that was read from the program once and passed every check that needs no context. */
struct override {
	u32 slots;			/* bit N: slot N is to be written */
	u32 flags;			/* BPF_OVERRIDE_* */
	u64 value[SLOT_OF(ip) + 1];
};

enum override_level { LEVEL_OFF, LEVEL_LISTED, LEVEL_ANY };

extern int override_level;

/* kernel_context.c, user_context.c: check the request against where the probe hit, then carry it out. */
int override_kernel(struct pt_regs *regs, const struct override *o);
int override_user(struct pt_regs *regs, const struct override *o);
int kernel_context_init(void);
/* Writes the general-purpose registers of the request. */
void override_write(struct pt_regs *regs, const struct override *o);

/* memory.c: stores 1, 2, 4 or 8 bytes. */
int override_memory(u64 to, const void *value, u32 size);

/* verdict.c: what is known of an address in the kernel, remembered until functions come or go. */
enum {
	VERDICT_FUNCTION = 1,		/* in a named function, in executable memory */
	VERDICT_ENTRY = 2,		/* where that function is entered */
	VERDICT_LISTED = 4,		/* that function is in the list */
	VERDICT_REPORTED = 8,		/* an override here was put into the kernel log */
};
/* Where a function has an ENDBR, it is entered before and behind it. */
#define ENDBR_SIZE 4
u32 verdict_of(unsigned long address);
void verdict_reported(unsigned long address);
void verdict_flush(void);

/*
 * departing.c: whether text of a module is going or gone, and that calls will be sent to an address, to be said before
 * its verdict is asked for.
 */
bool is_departing(unsigned long address);
void will_send_to(unsigned long target);
int departing_init(void);
void departing_exit(void);

/* list.c: the functions that level 1 allows; module is NULL for the kernel image. */
bool list_has(const char *module, const char *function);
void list_init(void);
void list_exit(void);

/* report.c: the kernel log. report_override() may be called anywhere a probe can hit. */
void report_loaded(const char *program);
enum report_kind { REPORT_KERNEL, REPORT_USER, REPORT_MEMORY };
void report_override(unsigned long address, enum report_kind kind);
void report_exit(void);

/* kfunc.c */
int kfunc_init(void);

/* return_stub.S: returns to the caller of the function that was skipped. */
void regs_override_return(void);

#endif
