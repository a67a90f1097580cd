// SPDX-License-Identifier: Apache-2.0
/* Kprobes and uprobes as perf events (perf_event_open(2), the kprobe and uprobe PMUs, since 4.17). */
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include "perf_probe.h"
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

/*
 * struct bpf_link_info of a perf event's link, as kernels from 6.7 on fill it (include/uapi/linux/bpf.h): what a kprobe has
 * missed, and a kretprobe since all its places for calls under way were taken.
 */
struct kprobe_info {
	__u32 type, id, prog_id, unused, event_type, unused_too;
	__u64 name;
	__u32 name_len, offset;
	__u64 addr, missed, cookie;
};

_Static_assert(offsetof(struct kprobe_info, missed) == 48, "as in the kernel");

#define EVENT_KPROBE 3
#define EVENT_KRETPROBE 4

__u64 perf_probe_missed(const struct perf_probe *probe)
{
	struct kprobe_info info = {};
	__u32 size = sizeof(info);

	if (probe->link < 0)
		return probe->missed;
	/* An older kernel fills less of it, or says nothing of such links. */
	if (bpf_obj_get_info_by_fd(probe->link, &info, &size) ||
	    (info.event_type != EVENT_KPROBE && info.event_type != EVENT_KRETPROBE))
		return 0;
	return info.missed;
}

void perf_probe_detach(struct perf_probe *probe)
{
	probe->missed = perf_probe_missed(probe);
	if (probe->link >= 0)
		close(probe->link);
	if (probe->event >= 0)
		close(probe->event);
	probe->link = probe->event = -1;
}

static int enable(struct perf_probe *probe, int prog, __u64 cookie)
{
	LIBBPF_OPTS(bpf_link_create_opts, options, .perf_event.bpf_cookie = cookie);
	int error;

	probe->link = bpf_link_create(prog, probe->event, BPF_PERF_EVENT, &options);
	if (probe->link < 0) {
		error = probe->link;
		probe->link = -1;
		/* An old kernel knows no such link; what else is wrong, the ioctl says too. */
		if (ioctl(probe->event, PERF_EVENT_IOC_SET_BPF, prog))
			return errno == EINVAL ? error : -errno;
	}
	return ioctl(probe->event, PERF_EVENT_IOC_ENABLE, 0) ? -errno : 0;
}

int perf_probe_attach(struct perf_probe *probe, int prog, const char *pmu, int on_return, const char *name, __u64 offset,
		      int pid, __u64 cookie)
{
	struct perf_event_attr attr = { .size = sizeof(attr) };
	int type = pmu_number(pmu, "type", ""), bit = 0, error;

	/* Builds and unit tests: whatever they type or load, the kernel they run on stays as it is. */
	if (!strcmp(pmu, "kprobe") && getenv("REGSH_NO_KPROBES"))
		return -ECANCELED;
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
	probe->link = -1;
	probe->event = syscall(SYS_perf_event_open, &attr, pid, pid < 0 ? 0 : -1, -1, PERF_FLAG_FD_CLOEXEC);
	error = probe->event < 0 ? -errno : enable(probe, prog, cookie);
	if (error)
		perf_probe_detach(probe);
	return error;
}

int regsh_has_links(int prog)
{
	/* The kernel looks for an event only where it knows links to events. */
	return bpf_link_create(prog, -1, BPF_PERF_EVENT, NULL) == -EBADF;
}

int regsh_probe_try(__u64 address)
{
	struct perf_event_attr attr = { .size = sizeof(attr), .config2 = address, .disabled = 1 };
	int type = pmu_number("kprobe", "type", ""), fd;

	if (getenv("REGSH_NO_KPROBES"))
		return -ECANCELED;
	if (type < 0)
		return type;
	attr.type = type;
	fd = syscall(SYS_perf_event_open, &attr, -1, 0, -1, PERF_FLAG_FD_CLOEXEC);
	if (fd < 0)
		return -errno;
	close(fd);
	return 0;
}
