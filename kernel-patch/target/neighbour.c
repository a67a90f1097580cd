// SPDX-License-Identifier: GPL-2.0-only
/* regsh_neighbour: a small module to come and go; reading its parameter `sum` calls regsh_neighbour_sum(1, 2, 3). */
#include <linux/delay.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/module.h>
#include <linux/moduleparam.h>
#include <linux/sysfs.h>
#include "target.h"

static unsigned int init_ms;
module_param(init_ms, uint, 0400);
MODULE_PARM_DESC(init_ms, "how long its initialisation takes, after which the memory of regsh_neighbour_once() is freed");

static TARGET long regsh_neighbour_sum(long a, long b, long c)
{
	return a + b + c + 1000;
}
ALLOW_REGS_OVERRIDE(regsh_neighbour_sum);

static TARGET long __init regsh_neighbour_once(long a, long b, long c)
{
	return a + b + c + 2000;
}

static int sum_get(char *text, const struct kernel_param *param)
{
	return sysfs_emit(text, "%ld\n", regsh_neighbour_sum(1, 2, 3));
}

static const struct kernel_param_ops sum_ops = { .get = sum_get };
module_param_cb(sum, &sum_ops, NULL, 0400);

static int __init regsh_neighbour_init(void)
{
	msleep(init_ms);
	return regsh_neighbour_once(1, 2, 3) == 2006 ? 0 : -EINVAL;
}

static void __exit regsh_neighbour_exit(void)
{
}

module_init(regsh_neighbour_init);
module_exit(regsh_neighbour_exit);
MODULE_LICENSE("GPL");
MODULE_AUTHOR("regsh");
MODULE_DESCRIPTION("A module for regsh's tests that comes and goes");
MODULE_VERSION("0.1");
