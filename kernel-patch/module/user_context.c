// SPDX-License-Identifier: GPL-2.0-only
/* Overrides in user programs, from uprobes and uretprobes. */
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <linux/uprobes.h>
#include <uapi/asm/prctl.h>
#include "override.h"

#define INT3 0xcc
#define CALL 0xe8

/*
 * What orig_ax is after this module moved ip; the next entry into the kernel sets it anew, so this lasts as long as the
 * hit. It was -1, for no system call, and still is for the kernel, which reads it as an int.
 */
#define IP_MOVED 0x80000000ffffffffUL

/*
 * The kernel sets auprobe around the handlers of a uprobe, be it a breakpoint or optimised, and not around those of a
 * uretprobe. A kernel that ignores a changed ip needs no answer, and may be too old to have the field.
 */
static bool in_entry_handlers(void)
{
#ifdef UPROBE_HONOURS_IP
	return current->utask && current->utask->auprobe;
#else
	return false;
#endif
}

/* What an optimised uprobe calls: push %rcx; push %r11; push %rax; mov $336,%rax; syscall. */
static const u8 uprobe_trampoline[] = { 0x51, 0x41, 0x53, 0x50, 0x48, 0xc7, 0xc0, 0x50, 0x01, 0x00, 0x00, 0x0f, 0x05 };

/*
 * At a uprobe ip is the probed instruction: now a breakpoint, or the call of the trampoline. Other ways to move ip leave
 * no mark, but hardly go where one of them is.
 */
static bool at_entry_probe(const struct pt_regs *regs)
{
	u8 call[5], code[sizeof(uprobe_trampoline)];
	s32 distance;

	if (!in_entry_handlers() || regs->orig_ax == IP_MOVED)
		return false;
	if (copy_from_user_nofault(call, (void __user *)regs->ip, 1))
		return false;
	if (call[0] == INT3)
		return true;
	if (call[0] != CALL || copy_from_user_nofault(call, (void __user *)regs->ip, sizeof(call)))
		return false;
	memcpy(&distance, call + 1, sizeof(distance));
	return !copy_from_user_nofault(code, (void __user *)(regs->ip + sizeof(call) + distance), sizeof(code)) &&
	       !memcmp(code, uprobe_trampoline, sizeof(code));
}

/* A return that the shadow stack does not know of kills the task. */
static bool shadow_stack_active(void)
{
#ifdef CONFIG_X86_USER_SHADOW_STACK
	return current->thread.features & ARCH_SHSTK_SHSTK;
#else
	return false;
#endif
}

int override_user(struct pt_regs *regs, const struct override *o)
{
	unsigned long target, address = regs->ip;

	if (o->flags == BPF_OVERRIDE_PC) {
		target = o->value[SLOT_OF(ip)];
		if (!target || target >= TASK_SIZE_MAX)
			return -EINVAL;
	}
	if (!user_64bit_mode(regs))
		return -EOPNOTSUPP;
	if (o->flags != BPF_OVERRIDE_PARM && !at_entry_probe(regs))
		return -EOPNOTSUPP;
	if (o->flags & BPF_OVERRIDE_RETURN) {
		if (shadow_stack_active())
			return -EOPNOTSUPP;
		if (copy_from_user_nofault(&target, (void __user *)regs->sp, sizeof(target)))
			return -EFAULT;
		if (!target || target >= TASK_SIZE_MAX)
			return -EOPNOTSUPP;
		regs->sp += sizeof(target);
	}
	override_write(regs, o);
	if (o->flags != BPF_OVERRIDE_PARM) {
		regs->ip = target;
		regs->orig_ax = IP_MOVED;
	}
	report_override(address, REPORT_USER);
	return 0;
}
