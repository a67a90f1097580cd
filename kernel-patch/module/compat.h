/* SPDX-License-Identifier: GPL-2.0-only */
/* Everything that differs between the kernels the module builds for (6.10 and later). */
#ifndef REGS_OVERRIDE_COMPAT_H
#define REGS_OVERRIDE_COMPAT_H

#include <linux/bpf.h>
#include <linux/version.h>

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 10, 0)
#error "regs_override needs Linux 6.10 or later: before it, kprobe programs cannot call kfuncs"
#endif

/*
 * Since the series that lets uprobe programs write their context, a uprobe whose handler changed ip does not run the
 * probed instruction any more. Before it, the change is overwritten by the emulated or single-stepped instruction.
 * The series came with 6.19 and nothing in the headers alone tells.
 */
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 19, 0)
#define UPROBE_IP_IS_KEPT 1
#else
#define UPROBE_IP_IS_KEPT 0
#endif

#endif
