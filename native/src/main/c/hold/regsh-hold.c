// SPDX-License-Identifier: Apache-2.0
/*
 * regsh-hold MODULE: keeps a module loaded to which a session sends calls, beyond the session, whose end may be a SIGKILL: a
 * task that was sent there may sleep there, and nothing in the kernel knows. Descriptor 3 is what keeps the module, 4 is
 * the session's: it tells the numbers of the programs that send calls, four bytes each, and ends with the session or with
 * the rule. When those programs are gone and no task has the module on its stack, this ends, and the module may go.
 *
 * The stack of a task that is on a processor right now cannot be seen (proc(5), /proc/pid/stack), so all are looked at
 * several times. What this misses: a task that computes in the module all the while.
 */
#define _GNU_SOURCE
#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/bpf.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#define SESSION 4
#define LOOKS 5
#define PAUSE_MS 100

static void pause_ms(long ms)
{
	struct timespec time = { ms / 1000, ms % 1000 * 1000000 };

	nanosleep(&time, NULL);
}

static int exists(__u32 program)
{
	union bpf_attr attr = { .prog_id = program };
	int fd = syscall(SYS_bpf, BPF_PROG_GET_FD_BY_ID, &attr, sizeof(attr));

	if (fd >= 0)
		close(fd);
	return fd >= 0 || errno != ENOENT;
}

/*
 * Whether a stack has a line such as "[<0>] function+0x1/0x2 [module]". Not where the outermost of them is a thread's own
 * function, called by kthread(): the module has made that thread, waits for it before it goes, and may have it all its life.
 */
static int has(const char *stack, const char *mark)
{
	const char *last = NULL, *found;

	for (found = strstr(stack, mark); found; found = strstr(found + 1, mark))
		last = found;
	return last && strncmp(last + strlen(mark), "\n[<0>] kthread+", 15);
}

static int stack_has(int process, const char *task, const char *mark)
{
	char path[64], text[8192];
	size_t used = 0;
	ssize_t got;
	int fd;

	snprintf(path, sizeof(path), "task/%s/stack", task);
	fd = openat(process, path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	while (used < sizeof(text) - 1 && (got = read(fd, text + used, sizeof(text) - 1 - used)) > 0)
		used += got;
	close(fd);
	text[used] = 0;
	return has(text, mark);
}

static int process_has(int processes, const char *number, const char *mark)
{
	int process = openat(processes, number, O_RDONLY | O_DIRECTORY | O_CLOEXEC), found = 0;
	int list = process < 0 ? -1 : openat(process, "task", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *tasks = list < 0 ? NULL : fdopendir(list);
	struct dirent *entry;

	while (tasks && !found && (entry = readdir(tasks)))
		found = isdigit((unsigned char)entry->d_name[0]) && stack_has(process, entry->d_name, mark);
	if (tasks)
		closedir(tasks);
	if (process >= 0)
		close(process);
	return found;
}

static int anybody_has(const char *mark)
{
	DIR *processes = opendir("/proc");
	struct dirent *entry;
	int found = 0;

	/* What cannot be looked at is not known to be free. */
	if (!processes)
		return 1;
	while (!found && (entry = readdir(processes)))
		found = isdigit((unsigned char)entry->d_name[0]) && process_has(dirfd(processes), entry->d_name, mark);
	closedir(processes);
	return found;
}

/*
 * Waits for the next program's number; 0: there is none any more. A rule may make a read fail, or say that it is the end: that the
 * other end is closed is what poll(2) says.
 */
static int next(__u32 *program)
{
	struct pollfd from = { .fd = SESSION, .events = POLLIN | POLLRDHUP };

	for (;;) {
		if (poll(&from, 1, -1) > 0) {
			if (recv(SESSION, program, sizeof(*program), MSG_DONTWAIT) == sizeof(*program))
				return 1;
			if (from.revents & (POLLRDHUP | POLLHUP | POLLERR | POLLNVAL))
				return 0;
		}
		pause_ms(PAUSE_MS);
	}
}

int main(int argc, char **argv)
{
	__u32 *programs = NULL, program;
	size_t count = 0, i;
	char mark[128];
	pid_t child;
	int clear;

	if (argc != 2)
		return 2;
	/* Not the session's child: it is nobody's to wait for. */
	child = fork();
	if (child)
		return child < 0;
	setsid();
	if (chdir("/"))
		return 1;
	snprintf(mark, sizeof(mark), " [%s]", argv[1]);
	while (next(&program)) {
		programs = realloc(programs, ++count * sizeof(program));
		if (!programs)
			return 1;
		programs[count - 1] = program;
	}
	for (i = 0; i < count; i++)
		while (exists(programs[i]))
			pause_ms(PAUSE_MS);
	for (clear = 0; clear < LOOKS; pause_ms(PAUSE_MS))
		clear = anybody_has(mark) ? 0 : clear + 1;
	return 0;
}
