// SPDX-License-Identifier: GPL-2.0-only
/* Skipping and redirecting in a user-mode context (uprobe). */
#include <linux/sched.h>
#include <linux/thread_info.h>
#include <linux/uaccess.h>
#include <asm/prctl.h>
#include "compat.h"
#include "override.h"

/* What an optimised uprobe calls: push %rcx; push %r11; push %rax; mov $336,%rax; syscall. */
static const u8 uprobe_trampoline[] = { 0x51, 0x41, 0x53, 0x50, 0x48, 0xc7, 0xc0, 0x50, 0x01, 0x00, 0x00, 0x0f, 0x05 };

/*
 * At a uprobe ip is the probed instruction, a breakpoint or the call of the kernel's trampoline. In a uretprobe it is
 * the caller's next instruction, which is neither.
 */
static bool at_probed_instruction(const struct pt_regs *regs)
{
	u8 text[5], code[sizeof(uprobe_trampoline)];
	s32 distance;

	if (copy_from_user_nofault(text, (void __user *)regs->ip, 1))
		return false;
	if (text[0] == 0xcc)
		return true;
	if (text[0] != 0xe8 || copy_from_user_nofault(text, (void __user *)regs->ip, sizeof(text)))
		return false;
	memcpy(&distance, text + 1, sizeof(distance));
	return !copy_from_user_nofault(code, (void __user *)(regs->ip + sizeof(text) + distance), sizeof(code)) &&
	       !memcmp(code, uprobe_trampoline, sizeof(code));
}

static bool has_shadow_stack(void)
{
#ifdef CONFIG_X86_USER_SHADOW_STACK
	return current->thread.features & ARCH_SHSTK_SHSTK;
#else
	return false;
#endif
}

static bool takes_ip(const struct pt_regs *regs)
{
	return UPROBE_IP_IS_KEPT && regs->cs == __USER_CS && !test_thread_flag(TIF_ADDR32) && at_probed_instruction(regs);
}

static bool is_user_address(u64 address)
{
	return address && address < TASK_SIZE_MAX;
}

/* Return to the caller at once, as `ret` would. The caller writes the result into the return register. */
long user_skip(struct pt_regs *regs, u64 value)
{
	u64 caller;

	if (!takes_ip(regs) || has_shadow_stack())
		return -EOPNOTSUPP;
	if (copy_from_user_nofault(&caller, (void __user *)regs->sp, sizeof(caller)))
		return -EFAULT;
	if (!is_user_address(caller))
		return -EINVAL;
	regs->ax = value;
	regs->sp += sizeof(caller);
	regs->ip = caller;
	return 0;
}

/* What a function entry is only user space knows; the address has to be one of its own. */
long user_go(struct pt_regs *regs, u64 target)
{
	if (!takes_ip(regs))
		return -EOPNOTSUPP;
	if (!is_user_address(target))
		return -EINVAL;
	regs->ip = target;
	return 0;
}
