// SPDX-License-Identifier: Apache-2.0
/*
 * Kprobes and uprobes as perf events (perf_event_open(2), the kprobe and uprobe PMUs, since 4.17), and the guard: a thread
 * that detaches a probe when its time is over, whatever the Java side is doing then.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/perf_event.h>
#include <pthread.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include "regsh.h"

struct probe {
	int perf, link;
	/* CLOCK_MONOTONIC; 0: none. */
	__u64 deadline;
	/* Of what is detached. */
	__u64 missed;
	struct probe *next;
};

/* Protects the list and the descriptors of every probe in it. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static struct probe *guarded;
static int guard_runs;

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

static __u64 missed(const struct probe *probe)
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

static void detach(struct probe *probe)
{
	probe->missed = missed(probe);
	if (probe->link >= 0)
		close(probe->link);
	if (probe->perf >= 0)
		close(probe->perf);
	probe->link = probe->perf = -1;
}

static int enable(struct probe *probe, int prog, __u64 cookie)
{
	LIBBPF_OPTS(bpf_link_create_opts, options, .perf_event.bpf_cookie = cookie);
	int error;

	probe->link = bpf_link_create(prog, probe->perf, BPF_PERF_EVENT, &options);
	if (probe->link < 0) {
		error = probe->link;
		probe->link = -1;
		/* An old kernel knows no such link; what else is wrong, the ioctl says too. */
		if (ioctl(probe->perf, PERF_EVENT_IOC_SET_BPF, prog))
			return errno == EINVAL ? error : -errno;
	}
	return ioctl(probe->perf, PERF_EVENT_IOC_ENABLE, 0) ? -errno : 0;
}

int regsh_attach(int prog, const char *pmu, int on_return, const char *name, __u64 offset, int pid,
		 __u64 cookie, void **handle)
{
	struct perf_event_attr attr = { .size = sizeof(attr) };
	int type = pmu_number(pmu, "type", ""), bit = 0, error;
	struct probe *probe;

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
	probe = calloc(1, sizeof(*probe));
	if (!probe)
		return -ENOMEM;
	probe->link = -1;
	probe->perf = syscall(SYS_perf_event_open, &attr, pid, pid < 0 ? 0 : -1, -1, PERF_FLAG_FD_CLOEXEC);
	error = probe->perf < 0 ? -errno : enable(probe, prog, cookie);
	if (error) {
		detach(probe);
		free(probe);
		return error;
	}
	*handle = probe;
	return 0;
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

static __u64 now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

static void *guard(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&lock);
	for (;;) {
		__u64 time = now(), next = 0;
		struct timespec until;
		struct probe **at = &guarded;

		while (*at) {
			struct probe *probe = *at;

			if (probe->deadline <= time) {
				*at = probe->next;
				probe->deadline = 0;
				detach(probe);
				continue;
			}
			if (!next || probe->deadline < next)
				next = probe->deadline;
			at = &probe->next;
		}
		if (!next) {
			pthread_cond_wait(&changed, &lock);
			continue;
		}
		until.tv_sec = next / 1000000000;
		until.tv_nsec = next % 1000000000;
		pthread_cond_timedwait(&changed, &lock, &until);
	}
	return NULL;
}

/* Under the lock. The JVM's signals are not for this thread. */
static int start_guard(void)
{
	pthread_condattr_t monotonic;
	sigset_t all, before;
	pthread_t thread;
	int error;

	if (guard_runs)
		return 0;
	pthread_condattr_init(&monotonic);
	pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
	pthread_cond_init(&changed, &monotonic);
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	error = pthread_create(&thread, NULL, guard, NULL);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (error)
		return -error;
	pthread_detach(thread);
	guard_runs = 1;
	return 0;
}

static void forget(struct probe *probe)
{
	struct probe **at = &guarded;

	while (*at && *at != probe)
		at = &(*at)->next;
	if (*at)
		*at = probe->next;
	probe->deadline = 0;
}

int regsh_probe_expire(void *handle, __u64 nanoseconds)
{
	struct probe *probe = handle;
	int error;

	pthread_mutex_lock(&lock);
	error = start_guard();
	if (!error && probe->perf >= 0) {
		forget(probe);
		probe->deadline = now() + nanoseconds;
		probe->next = guarded;
		guarded = probe;
		pthread_cond_signal(&changed);
	}
	pthread_mutex_unlock(&lock);
	return error;
}

int regsh_probe_attached(void *handle)
{
	int attached;

	pthread_mutex_lock(&lock);
	attached = ((struct probe *)handle)->perf >= 0;
	pthread_mutex_unlock(&lock);
	return attached;
}

long long regsh_probe_missed(void *handle)
{
	long long count;

	pthread_mutex_lock(&lock);
	count = missed(handle);
	pthread_mutex_unlock(&lock);
	return count;
}

int regsh_probe_pin(void *handle, const char *path)
{
	struct probe *probe = handle;
	int error;

	pthread_mutex_lock(&lock);
	/* Before 5.15 a perf event has no link that could be pinned. */
	error = probe->perf < 0 ? -ENOENT : probe->link < 0 ? -EOPNOTSUPP : bpf_obj_pin(probe->link, path);
	pthread_mutex_unlock(&lock);
	return error;
}

void regsh_detach(void *handle)
{
	struct probe *probe = handle;

	pthread_mutex_lock(&lock);
	forget(probe);
	detach(probe);
	pthread_mutex_unlock(&lock);
	free(probe);
}
