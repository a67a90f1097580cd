// SPDX-License-Identifier: Apache-2.0
/*
 * Attached probes as Java holds them, and the guard: a thread that detaches a probe when its time is over, whatever the Java side
 * is doing then.
 */
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdlib.h>
#include <time.h>
#include <bpf/bpf.h>
#include "module_probe.h"
#include "perf_probe.h"
#include "regsh.h"

#define EXPIRED_AT_ONCE 1024

struct probe {
	/* One of them is there. */
	struct perf_probe perf;
	struct module_probe module;
	/* CLOCK_MONOTONIC; 0: none. */
	__u64 deadline;
	struct probe *next;
};

/* Protects the list and the descriptors of every probe in it. */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static struct probe *guarded;
static int guard_runs;

int regsh_attach(int prog, const char *pmu, int on_return, const char *name, __u64 offset, int pid,
		 __u64 cookie, int asks, void **handle)
{
	struct probe *probe = calloc(1, sizeof(*probe));
	int error;

	if (!probe)
		return -ENOMEM;
	probe->perf.event = probe->perf.link = probe->module.fd = -1;
	if (asks < 0)
		error = perf_probe_attach(&probe->perf, prog, pmu, on_return, name, offset, pid, cookie);
	else
		error = module_probe_attach(&probe->module, prog, asks, pmu, on_return, name, offset, pid, cookie);
	if (error)
		free(probe);
	else
		*handle = probe;
	return error;
}

static int is_attached(const struct probe *probe)
{
	return probe->perf.event >= 0 || probe->module.fd >= 0;
}

/* Under the lock, or unknown to all others. */
static void detach(struct probe *const *probes, __u32 count)
{
	int *fds = count > 1 ? calloc(count, sizeof(*fds)) : NULL;
	__u32 i, of_module = 0;

	for (i = 0; fds && i < count; i++)
		if (probes[i]->module.fd >= 0)
			fds[of_module++] = probes[i]->module.fd;
	if (of_module)
		module_probes_take_away(fds, of_module);
	free(fds);
	for (i = 0; i < count; i++) {
		perf_probe_detach(&probes[i]->perf);
		module_probe_detach(&probes[i]->module);
	}
}

static __u64 now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000ULL + time.tv_nsec;
}

/* Detaches those whose time is over, under the lock; when the next one's is, or 0. */
static __u64 end_expired(__u64 time)
{
	struct probe *over[EXPIRED_AT_ONCE], **at = &guarded;
	__u32 count = 0;
	__u64 next = 0;

	while (*at) {
		struct probe *probe = *at;

		if (probe->deadline <= time && count < EXPIRED_AT_ONCE) {
			*at = probe->next;
			probe->deadline = 0;
			over[count++] = probe;
			continue;
		}
		if (!next || probe->deadline < next)
			next = probe->deadline;
		at = &probe->next;
	}
	detach(over, count);
	return next;
}

static void *guard(void *unused)
{
	(void)unused;
	pthread_mutex_lock(&lock);
	for (;;) {
		struct timespec until;
		__u64 next = end_expired(now());

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
	if (!error && is_attached(probe)) {
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
	attached = is_attached(handle);
	pthread_mutex_unlock(&lock);
	return attached;
}

long long regsh_probe_missed(void *handle)
{
	struct probe *probe = handle;
	long long count;

	pthread_mutex_lock(&lock);
	count = perf_probe_missed(&probe->perf) + module_probe_missed(&probe->module);
	pthread_mutex_unlock(&lock);
	return count;
}

int regsh_probe_pin(void *handle, const char *path)
{
	struct probe *probe = handle;
	int error;

	pthread_mutex_lock(&lock);
	/* Before 5.15 a perf event has no link that could be pinned, and a probe of the module never. */
	error = !is_attached(probe) ? -ENOENT : probe->perf.link < 0 ? -EOPNOTSUPP : bpf_obj_pin(probe->perf.link, path);
	pthread_mutex_unlock(&lock);
	return error;
}

void regsh_detach(void **handles, __u32 count)
{
	struct probe **probes = (struct probe **)handles;
	__u32 i;

	pthread_mutex_lock(&lock);
	for (i = 0; i < count; i++)
		forget(probes[i]);
	pthread_mutex_unlock(&lock);
	/* Nobody else knows them now, and the guard is not kept waiting. */
	detach(probes, count);
	for (i = 0; i < count; i++)
		free(probes[i]);
}
