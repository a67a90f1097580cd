// SPDX-License-Identifier: GPL-2.0-only
/* Probes through perf_event_open. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "selftest.h"

static int pmu_type(const char *pmu)
{
	char path[128];
	int type = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/sys/bus/event_source/devices/%s/type", pmu);
	f = fopen(path, "r");
	if (!f || fscanf(f, "%d", &type) != 1)
		type = -1;
	if (f)
		fclose(f);
	return type;
}

static int attach(struct program *p, const char *pmu, const char *name, uint64_t where, bool returning, int pid)
{
	struct perf_event_attr attr = {
		.size = sizeof(attr), .type = pmu_type(pmu), .config = returning,
		.config1 = (uintptr_t)name, .config2 = where,
	};
	int fd = syscall(SYS_perf_event_open, &attr, pid, pid < 0 ? 0 : -1, -1, PERF_FLAG_FD_CLOEXEC);

	if (fd < 0)
		return -1;
	if (ioctl(fd, PERF_EVENT_IOC_SET_BPF, p->fd) || ioctl(fd, PERF_EVENT_IOC_ENABLE, 0)) {
		close(fd);
		return -1;
	}
	return fd;
}

int kprobe(struct program *p, const char *function, uint64_t where, bool returning)
{
	return attach(p, "kprobe", function, where, returning, -1);
}

int uprobe(struct program *p, const void *function, bool returning)
{
	uint64_t start, end, offset, address = (uintptr_t)function;
	char line[512];
	FILE *f = fopen("/proc/self/maps", "r");
	int fd = -1;

	while (f && fgets(line, sizeof(line), f))
		if (sscanf(line, "%lx-%lx %*s %lx", &start, &end, &offset) == 3 && address >= start && address < end)
			fd = attach(p, "uprobe", "/proc/self/exe", address - start + offset, returning, getpid());
	if (f)
		fclose(f);
	return fd;
}
