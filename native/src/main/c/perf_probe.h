/* SPDX-License-Identifier: Apache-2.0 */
#ifndef PERF_PROBE_H
#define PERF_PROBE_H

#include <linux/types.h>

/* Descriptors, -1: none. Who has several threads sees to it that one at a time is here. */
struct perf_probe {
	int event, link;
	/* Of what is detached. */
	__u64 missed;
};

/* Arguments as regsh_attach() has them; 0 or -errno, and then nothing is attached. */
int perf_probe_attach(struct perf_probe *probe, int prog, const char *pmu, int on_return, const char *name, __u64 offset,
		      int pid, __u64 cookie);
void perf_probe_detach(struct perf_probe *probe);
__u64 perf_probe_missed(const struct perf_probe *probe);

#endif
