// SPDX-License-Identifier: GPL-2.0-only
/* Where a user program stands at a uprobe, and how a function of it is left. */
#include <linux/ptrace.h>
#include <linux/sched.h>
#include <linux/string.h>
#include <linux/uaccess.h>
#include <uapi/asm/prctl.h>
#include "override.h"

#define INT3 0xcc
#define CALL 0xe8

/*
 * What orig_ax is after this module moved ip; the next entry into the kernel sets it anew, so this lasts as long as the
 * hit. It was -1, for no system call, and still is for the kernel, which reads it as an int.
 */
#define IP_MOVED 0x80000000ffffffffUL

/* What an optimised uprobe calls: push %rcx; push %r11; push %rax; mov $336,%rax; syscall. */
static const u8 uprobe_trampoline[] = { 0x51, 0x41, 0x53, 0x50, 0x48, 0xc7, 0xc0, 0x50, 0x01, 0x00, 0x00, 0x0f, 0x05 };

/*
 * At a uprobe ip is the probed instruction: now a breakpoint, or the call of the trampoline. Other ways to move ip leave
 * no mark, but hardly go where one of them is.
 */
bool user_at_probe(const struct pt_regs *regs)
{
	u8 call[5], code[sizeof(uprobe_trampoline)];
	s32 distance;

	if (regs->orig_ax == IP_MOVED)
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

void user_moved(struct pt_regs *regs)
{
	regs->orig_ax = IP_MOVED;
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

int user_return_address(const struct pt_regs *regs, unsigned long *address)
{
	if (shadow_stack_active())
		return -EOPNOTSUPP;
	return copy_from_user_nofault(address, (void __user *)regs->sp, sizeof(*address)) ? -EFAULT : 0;
}

void user_leave(struct pt_regs *regs)
{
	regs->sp += sizeof(unsigned long);
}
