// SPDX-License-Identifier: Apache-2.0
/* Kprobes and uprobes as perf events (perf_event_open(2), the kprobe and uprobe PMUs, since 4.17). */
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include "regsh.h"

/* The number in a sysfs file of the PMU, behind a prefix such as "config:". */
static int pmu_number(const char *pmu, const char *file, const char *prefix)
{
	char path[128], text[64] = "";
	int fd, got;

	snprintf(path, sizeof(path), "/sys/bus/event_source/devices/%s/%s", pmu, file);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	got = read(fd, text, sizeof(text) - 1);
	close(fd);
	if (got <= 0 || strncmp(text, prefix, strlen(prefix)))
		return -EINVAL;
	return atoi(text + strlen(prefix));
}

int regsh_attach(int prog, const char *pmu, int on_return, const char *name, __u64 offset, int pid, int *perf_fd,
		 int *link_fd)
{
	struct perf_event_attr attr = { .size = sizeof(attr) };
	int type = pmu_number(pmu, "type", ""), bit = 0, perf, link, error;

	if (type < 0)
		return type == -ENOENT ? -EOPNOTSUPP : type;
	if (on_return) {
		bit = pmu_number(pmu, "format/retprobe", "config:");
		if (bit < 0)
			return bit;
		attr.config = 1ULL << bit;
	}
	attr.type = type;
	attr.config1 = (__u64)(unsigned long)name;
	attr.config2 = offset;
	perf = syscall(SYS_perf_event_open, &attr, pid, pid < 0 ? 0 : -1, -1, PERF_FLAG_FD_CLOEXEC);
	if (perf < 0)
		return -errno;
	link = bpf_link_create(prog, perf, BPF_PERF_EVENT, NULL);
	if (link < 0) {
		error = link;
		link = -1;
		/* An old kernel knows no such link; what else is wrong, the ioctl says too. */
		if (ioctl(perf, PERF_EVENT_IOC_SET_BPF, prog)) {
			error = errno == EINVAL ? error : -errno;
			close(perf);
			return error;
		}
	}
	if (ioctl(perf, PERF_EVENT_IOC_ENABLE, 0)) {
		error = -errno;
		if (link >= 0)
			close(link);
		close(perf);
		return error;
	}
	*perf_fd = perf;
	*link_fd = link;
	return 0;
}

int regsh_link_pin(int link_fd, const char *path)
{
	return bpf_obj_pin(link_fd, path);
}
