// SPDX-License-Identifier: GPL-2.0-only
/* Structs that begin with their size: whoever calls may know an earlier version of them, or a later one. */
#include <linux/errno.h>
#include <linux/kernel.h>
#include <linux/uaccess.h>
#include "override.h"

int read_struct(void *to, size_t size, size_t first, const void __user *from)
{
	u32 given;

	if (get_user(given, (const u32 __user *)from))
		return -EFAULT;
	if (given < first || given > PAGE_SIZE)
		return -EINVAL;
	return copy_struct_from_user(to, size, from, given);
}

int write_struct(void __user *to, const void *from, size_t size, size_t first)
{
	u32 given;

	if (get_user(given, (const u32 __user *)to))
		return -EFAULT;
	if (given < first || given > PAGE_SIZE)
		return -EINVAL;
	if (copy_to_user(to + sizeof(given), from + sizeof(given), min_t(size_t, size, given) - sizeof(given)))
		return -EFAULT;
	return 0;
}
