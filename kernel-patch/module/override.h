/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * The files of the module. Each calls only files in lines below its own; this header has them from the ground up. What differs
 * between processors is in a folder for each, by the kernel's name for it.
 *
 *   main.c                             the module comes and goes
 *   kfunc.c            device.c        what programs call, and who may load one that does; what takes programs and attaches them
 *   kernel_context.c  returns.c        which kind of probe hit in the kernel, and where; whether that was at a return
 *   kernel_probe.c     user_probe.c    probes of the module's own
 *   probe_file.c       door.c          those as file descriptors; maps through which programs at those ask
 *   sized_struct.c                     what is read from callers and written to them
 *   hit.c                              running a program at such a probe, and what it asks meanwhile
 *   kernel_override.c  user_context.c  whether that may and can be done there, and doing it
 *   ARCH/user.c  ARCH/context.c        where a user program stands at a probe; how registers were saved in the kernel
 *   memory.c           registers.c     writing memory; writing registers
 *   verdict.c                          what is known of an address in the kernel
 *   ARCH/text.c  ARCH/trace.c          kernel text and where functions begin; whether ftrace knows them
 *   departing.c        list.c          text of modules that is going; the functions that level 1 allows
 *   verdict_cache.c    request.c       the verdicts that were found; from what a program hands over to a checked request
 *   level.c  report.c                  the level; the kernel log
 *   ARCH/arch.h  ARCH/return_stub.S    where registers lie; where a skipped function returns
 *
 * Programs come to the module by two ways: kfunc.c and kernel_context.c, where the kernel lets modules have kfuncs, and
 * device.c to hit.c everywhere. override_request() checks what was handed over, and where it is known which probe hit,
 * override_at_probe(), override_at_return() or override_user() carries it out.
 */
#ifndef REGS_OVERRIDE_H
#define REGS_OVERRIDE_H

#include <linux/atomic.h>
#include <linux/errno.h>
#include <linux/ptrace.h>
#include <linux/types.h>
#include "bpf_override_regs.h"
#include "regs_override_device.h"

struct bpf_prog;
struct seq_file;

#if !defined(CONFIG_X86_64) && !defined(CONFIG_ARM64)
#error "regs_override needs x86-64 or arm64"
#endif

/* ARCH/arch.h: SLOT_RETURN, SLOT_PC, SLOTS_GENERAL, SLOTS_NOT_AT_FTRACE, PC_BEHIND, ENTRY_SIZE, USER_END; go_on_at() ... */
#include "arch.h"

/* ARCH/return_stub.S: returns to the caller of the function that was skipped. */
void regs_override_return(void);

/* report.c: the kernel log. report_override() may be called anywhere a probe can hit. */
void report_program(const char *does, const char *program);
enum report_kind { REPORT_KERNEL, REPORT_USER, REPORT_MEMORY };
void report_override(unsigned long address, enum report_kind kind);
void report_exit(void);

/* level.c: whose registers may be overridden. */
enum override_level { LEVEL_OFF, LEVEL_LISTED, LEVEL_ANY };
extern int override_level;
/* Whether current may have anything overridden: 0 or -EPERM. */
int may_override(void);
bool locked_down(void);

/* request.c: a request that was read from the program once and passed every check that needs no context. */
struct override {
	unsigned long slots;		/* bit N: slot N is to be written */
	u32 flags;			/* BPF_OVERRIDE_* */
	u64 value[SLOT_PC + 1];
};
/* 0, -EINVAL for what no context allows, or -EPERM where the level allows nobody anything; size in bytes. */
int override_request(struct override *o, const struct bpf_reg_value *vals, u32 size, u64 flags);

enum {
	VERDICT_FUNCTION = 1,		/* in a named function, in executable memory */
	VERDICT_ENTRY = 2,		/* where that function is entered */
	VERDICT_LISTED = 4,		/* that function is in the list */
	VERDICT_REPORTED = 8,		/* an override here was put into the kernel log */
};

/*
 * verdict_cache.c: verdicts, remembered until functions come or go. The tag that verdict_known() gives, also where it knows
 * none, is for verdict_remember(): what a flush overtakes meanwhile is not remembered.
 */
bool verdict_known(unsigned long address, u64 *tag, u32 *verdict);
void verdict_remember(unsigned long address, u64 tag, u32 verdict);
void verdict_reported(unsigned long address);
void verdict_flush(void);

/* list.c: the functions that level 1 allows; module is NULL for the kernel image. */
bool list_has(const char *module, const char *function);
void list_init(void);
void list_exit(void);

/*
 * departing.c: whether text of a module is going or gone, and that calls will be sent to an address, to be said before
 * its verdict is asked for.
 */
bool is_departing(unsigned long address);
void will_send_to(unsigned long target);
int departing_init(void);
void departing_exit(void);

/* ARCH/text.c: whether the kernel can execute what is there, and whether that is of the kernel image, not loaded later. */
bool is_text(unsigned long address, bool *in_image);
/* Whether a function is entered there, by its callers or by a call that was sent to it. */
bool is_entry(unsigned long function, unsigned long offset);

/* ARCH/trace.c: whether the function, of that name or at that address, was compiled for ftrace. May sleep. */
bool is_traced(const char *name, unsigned long address);

/* verdict.c: what is known of an address in the kernel, VERDICT_*. */
u32 verdict_of(unsigned long address);
/* The start of the function that the address is in; 0 if it is in none. */
unsigned long function_start(unsigned long address);

/*
 * ARCH/context.c: whether registers in the kernel are those of a function entered through ftrace, or of a probe that is a jump,
 * where a changed instruction pointer is ignored; address: of the probe.
 */
bool through_ftrace(const struct pt_regs *regs);
bool through_jump(const struct pt_regs *regs, unsigned long address);

/* ARCH/user.c: whether a user program stands at a probe with nothing moved at this hit; says that it was moved. */
bool user_at_probe(const struct pt_regs *regs);
void user_moved(struct pt_regs *regs);
/* Where a function returns that has not begun, or why it cannot be left; leaves it but for that. */
int user_return_address(const struct pt_regs *regs, unsigned long *address);
void user_leave(struct pt_regs *regs);

/* registers.c: writes the general-purpose registers of the request. */
void override_write(struct pt_regs *regs, const struct override *o);

/* memory.c: whether the level allows it: 0 or -EPERM; and the store, of 1, 2, 4 or 8 bytes. */
int memory_permitted(void);
int override_memory(u64 to, const void *value, u32 size);

/* user_context.c: checks the request against the user program where the probe hit, then carries it out. */
int override_user(struct pt_regs *regs, const struct override *o);

/* kernel_override.c: checks the request against a place in the kernel, then carries it out. */
struct kernel_probe {
	unsigned long address;		/* of the probed instruction */
	bool through_ftrace;		/* on the way back ftrace uses r11 */
	bool through_jump;		/* optimised: a changed instruction pointer is ignored */
};
/* Whether the level allows overrides in the function that a verdict is of: 0 or -EPERM. */
int override_permitted(u32 verdict);
int override_at_probe(struct pt_regs *regs, const struct override *o, const struct kernel_probe *probe);
/* The function, which the verdict is of, is returning, and overriding it is permitted. */
int override_at_return(struct pt_regs *regs, const struct override *o, unsigned long function, u32 verdict);

/* hit.c: a program at one of the module's own probes. */
struct probe {
	struct bpf_prog *program;
	u64 cookie;
	u32 kind;			/* REGS_OVERRIDE_KPROBE ... */
	u32 asks;			/* 1 << BPF_OVERRIDE_*, REGS_OVERRIDE_ASKS_MEM */
	struct kernel_probe place;	/* KPROBE, KRETPROBE: of a return the function */
	bool attached;
	atomic_long_t missed;
	const struct probe_ops *ops;
};
#define DETACH_BATCH 64
struct probe_ops {
	/* Takes up to DETACH_BATCH away, all with these operations, and returns when their programs run nowhere any more. */
	void (*detach)(struct probe **probes, u32 count);
	unsigned long (*missed)(struct probe *probe);
	void (*show)(struct probe *probe, struct seq_file *m);
	void (*free)(struct probe *probe);
};
/* Whether the program moved the instruction pointer. */
bool hit(struct probe *probe, struct pt_regs *regs);
/* Carry out what the running program asks: the answer to it. */
int hit_override(const struct bpf_reg_value *vals, u32 size, u64 flags);
int hit_store(const struct regs_override_store *store, u64 flags);

/* sized_struct.c: 0, or -EFAULT, -EINVAL, -E2BIG; first: the size that its first version had. */
int read_struct(void *to, size_t size, size_t first, const void __user *from);
/* As much of it as the caller knows; what it knows and the module does not stays as it was. */
int write_struct(void __user *to, const void *from, size_t size, size_t first);

/* probe_file.c: a descriptor of the attached probe, which is gone with it, or, after an error, at once. */
int probe_file_open(struct probe *probe);
/* What those are descriptors of is gone when it returns. */
int probe_files_detach(const s32 __user *fds, u32 count);

/* door.c: makes the one map that the program uses a door; REGS_OVERRIDE_DOOR_*. */
int door_open(struct bpf_prog *program, u32 kind);

/* kernel_probe.c, user_probe.c: new probes, not attached, and whether they can be; or an error. */
struct probe *kernel_probe_attach(const struct regs_override_attach *request, struct bpf_prog *program);
struct probe *user_probe_attach(const struct regs_override_attach *request, struct bpf_prog *program);

/* device.c */
int device_init(void);
void device_exit(void);

#ifdef HAS_KFUNCS
/* kernel_context.c: the same as in override_at_probe() at the place that is learned from the registers of a program. */
int override_kernel(struct pt_regs *regs, const struct override *o);

/*
 * returns.c: how many kretprobes are returning here, 0 if this is no return; *err is the strictest answer to whether that is
 * permitted, *function the last of them.
 */
int returning(struct pt_regs *regs, int *err, unsigned long *function);
int returns_init(void);

/* kfunc.c: -ENOENT where the module has no types. */
int kfunc_init(void);
#else
static inline int kfunc_init(void)
{
	return -EOPNOTSUPP;
}
#endif

#endif
