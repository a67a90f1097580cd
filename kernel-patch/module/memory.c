// SPDX-License-Identifier: GPL-2.0-only
/* One store into kernel memory, which cannot fault the kernel and cannot reach what is mapped read-only. */
#include <linux/uaccess.h>
#include "override.h"

static int store(void *to, const void *value, u32 size)
{
	pagefault_disable();
	switch (size) {
	case 1:
		__put_kernel_nofault(to, value, u8, fault);
		break;
	case 2:
		__put_kernel_nofault(to, value, u16, fault);
		break;
	case 4:
		__put_kernel_nofault(to, value, u32, fault);
		break;
	case 8:
		__put_kernel_nofault(to, value, u64, fault);
		break;
	}
	pagefault_enable();
	return 0;
fault:
	pagefault_enable();
	return -EFAULT;
}

int memory_permitted(void)
{
	/* Memory belongs to no function, so no list can allow it. */
	return READ_ONCE(override_level) == LEVEL_ANY ? 0 : -EPERM;
}

int override_memory(u64 to, const void *value, u32 size)
{
	int err;

	if (!size || size > sizeof(u64) || size & (size - 1) || to & (size - 1))
		return -EINVAL;
	err = memory_permitted();
	if (err)
		return err;
	if (!is_kernel_address(to))
		return -EFAULT;
	err = store((void *)to, value, size);
	if (!err)
		report_override(to, REPORT_MEMORY);
	return err;
}
