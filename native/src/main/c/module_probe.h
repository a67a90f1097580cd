/* SPDX-License-Identifier: Apache-2.0 */
#ifndef MODULE_PROBE_H
#define MODULE_PROBE_H

#include <linux/types.h>

/* A descriptor, -1: none. Who has several threads sees to it that one at a time is here. */
struct module_probe {
	int fd;
	/* Of what is detached. */
	__u64 missed;
};

/* Arguments as regsh_attach() has them; 0 or -errno, and then nothing is attached. */
int module_probe_attach(struct module_probe *probe, int prog, __u32 asks, const char *pmu, int on_return, const char *name,
			__u64 offset, int pid, __u64 cookie);
void module_probe_detach(struct module_probe *probe);
/* Takes those away all at once, which is far quicker than one after another; each is still to be detached, at no cost then. */
void module_probes_take_away(const int *fds, __u32 count);
__u64 module_probe_missed(const struct module_probe *probe);

#endif
