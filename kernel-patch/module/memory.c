// SPDX-License-Identifier: GPL-2.0-only
/* bpf_override_mem: one store to kernel memory that cannot fault the kernel, and never to what is read-only. */
#include <linux/btf.h>
#include <linux/module.h>
#include <linux/uaccess.h>
#include "kfunc.h"
#include "override.h"

static bool is_kernel_address(u64 address)
{
	unsigned int shift = 64 - boot_cpu_data.x86_virt_bits;

	return address >= TASK_SIZE_MAX + PAGE_SIZE && (u64)((s64)(address << shift) >> shift) == address;
}

static long store(void *dst, const void *src, u32 size)
{
	pagefault_disable();
	switch (size) {
	case 1:
		__put_kernel_nofault(dst, src, u8, fault);
		break;
	case 2:
		__put_kernel_nofault(dst, src, u16, fault);
		break;
	case 4:
		__put_kernel_nofault(dst, src, u32, fault);
		break;
	case 8:
		__put_kernel_nofault(dst, src, u64, fault);
		break;
	}
	pagefault_enable();
	return 0;
fault:
	pagefault_enable();
	return -EFAULT;
}

__bpf_kfunc_start_defs();

/**
 * bpf_override_mem - store a value in kernel memory
 * @dst: a kernel address, a multiple of the size
 * @src: the value, on the program's stack
 * @src__sz: 1, 2, 4 or 8 bytes
 * @flags: 0
 *
 * Return: 0; -EINVAL for a wrong size, alignment or flags; -EPERM below level 2, for memory is of no function and on
 * no list; -EFAULT when the place is no kernel address, not mapped, or read-only.
 */
__bpf_kfunc long bpf_override_mem(u64 dst, const void *src, u32 src__sz, u64 flags)
{
	if (flags || !src__sz || src__sz > 8 || src__sz & (src__sz - 1) || dst & (src__sz - 1))
		return -EINVAL;
	if (policy_level() < LEVEL_ANY)
		return -EPERM;
	if (!is_kernel_address(dst))
		return -EFAULT;
	return store((void *)dst, src, src__sz);
}

__bpf_kfunc_end_defs();
