// SPDX-License-Identifier: Apache-2.0
/*
 * C++ names as they are written in the source, by the C++ library itself (__cxa_demangle of the Itanium C++ ABI): it is
 * wherever a C++ program runs. A few hundred letters can ask it for more time and memory than there is, and it knows no
 * bound: it works in a child, which may use so much of both. The name that a child dies of has no written form; the next
 * child goes on behind it.
 */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>
#include "regsh.h"

#define NAME_MICROSECONDS 300000
#define ALL_SECONDS 20
#define MOST_DEATHS 8
#define MEMORY (64UL << 20)
/* Longer ones nobody types. */
#define LONGEST 16384

typedef char *(*demangler)(const char *, char *, size_t *, int *);

/* Shared with the child, before the written names. */
struct progress {
	__u64 names_read, written;
};

static demangler find(void)
{
	static demangler found;

	if (!found) {
		void *library = dlopen("libstdc++.so.6", RTLD_NOW | RTLD_LOCAL);

		found = library ? (demangler)(unsigned long)dlsym(library, "__cxa_demangle") : NULL;
	}
	return found;
}

/* Of the data of a process, what the JVM has already taken included (proc(5), statm). */
static void bound_memory(void)
{
	char text[128] = "";
	unsigned long data = 0;
	int fd = open("/proc/self/statm", O_RDONLY | O_CLOEXEC);

	if (fd >= 0 && read(fd, text, sizeof(text) - 1) > 0 && sscanf(text, "%*u %*u %*u %*u %*u %lu", &data) == 1) {
		struct rlimit limit = { .rlim_cur = data * sysconf(_SC_PAGESIZE) + MEMORY };

		limit.rlim_max = limit.rlim_cur;
		setrlimit(RLIMIT_DATA, &limit);
	}
}

static void bound(int seconds)
{
	static const int deadly[] = { SIGPROF, SIGXCPU, SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT };
	struct rlimit cpu = { .rlim_cur = seconds, .rlim_max = seconds };
	sigset_t none;

	/* Neither the JVM's handlers nor a core file, and nothing that holds probes when the session is gone. */
	for (unsigned int i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++)
		signal(deadly[i], SIG_DFL);
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	prctl(PR_SET_DUMPABLE, 0);
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	syscall(SYS_close_range, 3, ~0U, 0);
	setrlimit(RLIMIT_CPU, &cpu);
	bound_memory();
}

static void work(demangler demangle, const char *names, __u32 size, struct progress *progress, char *out, __u64 room)
{
	static const struct itimerval time = { .it_value = { .tv_usec = NAME_MICROSECONDS } };

	while (progress->names_read < size) {
		const char *name = names + progress->names_read;
		char *written;
		size_t length;

		progress->names_read += strlen(name) + 1;
		setitimer(ITIMER_PROF, &time, NULL);
		written = demangle(name, NULL, NULL, NULL);
		length = written ? strlen(written) : 0;
		if (length > LONGEST)
			length = 0;
		if (progress->written + length + 1 > room)
			return;
		memcpy(out + progress->written, written ? written : "", length);
		/* The mapping is zeroed. */
		progress->written += length + 1;
		free(written);
	}
}

int regsh_demangle(const char *names, __u32 size, __u64 room, void **result)
{
	demangler demangle = find();
	struct progress *progress;
	double used = 0;
	int deaths = 0;
	char *out;

	if (!demangle)
		return -ENOENT;
	room += sizeof(*progress);
	progress = mmap(NULL, room, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	if (progress == MAP_FAILED)
		return -errno;
	out = (char *)(progress + 1);
	for (;;) {
		struct rusage usage = {};
		int status = 0;
		pid_t child = fork();

		if (child < 0)
			break;
		if (!child) {
			bound((int)(ALL_SECONDS - used));
			work(demangle, names, size, progress, out, room - sizeof(*progress));
			_exit(0);
		}
		while (wait4(child, &status, 0, &usage) < 0)
			if (errno != EINTR)
				break;
		used += usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
		if (WIFEXITED(status) || ++deaths > MOST_DEATHS || used > ALL_SECONDS - 1 ||
		    progress->names_read >= size || progress->written + 1 > room - sizeof(*progress))
			break;
		/* Nothing for the name it died of. */
		progress->written++;
	}
	*result = progress;
	return 0;
}
