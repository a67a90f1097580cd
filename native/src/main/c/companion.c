// SPDX-License-Identifier: Apache-2.0
/* Starts the programs that stand beside this library: what they do must go on whatever becomes of this process. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include "companion.h"
#include "regsh.h"

static int beside(char *path, size_t size, const char *program)
{
	Dl_info info;
	char *slash;

	if (!dladdr((void *)regsh_init, &info) || strlen(info.dli_fname) >= size)
		return -ENOENT;
	strcpy(path, info.dli_fname);
	slash = strrchr(path, '/');
	if (!slash || (size_t)(slash + 1 - path) + strlen(program) + 1 > size)
		return -ENOENT;
	strcpy(slash + 1, program);
	return 0;
}

/* Starts it with its descriptors 3 and 4 and nothing else of the session's, and waits until it stands on its own. */
static int start(const char *program, const char *name, const char *argument, int given, int session)
{
	char *const arguments[] = { (char *)name, (char *)argument, NULL }, *const nothing[] = { NULL };
	posix_spawn_file_actions_t files;
	posix_spawnattr_t attributes;
	sigset_t all, none;
	int error, status;
	pid_t child;

	sigfillset(&all);
	sigemptyset(&none);
	posix_spawn_file_actions_init(&files);
	posix_spawnattr_init(&attributes);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
	posix_spawnattr_setsigdefault(&attributes, &all);
	posix_spawnattr_setsigmask(&attributes, &none);
	posix_spawn_file_actions_addopen(&files, 0, "/dev/null", O_RDWR, 0);
	posix_spawn_file_actions_adddup2(&files, 0, 1);
	posix_spawn_file_actions_adddup2(&files, 0, 2);
	posix_spawn_file_actions_adddup2(&files, given, 3);
	posix_spawn_file_actions_adddup2(&files, session, 4);
	posix_spawn_file_actions_addclosefrom_np(&files, 5);
	error = posix_spawn(&child, program, &files, &attributes, arguments, nothing);
	posix_spawn_file_actions_destroy(&files);
	posix_spawnattr_destroy(&attributes);
	if (error)
		return -error;
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return status ? -ECHILD : 0;
}

int regsh_companion(const char *name, const char *argument, int given)
{
	int above = -1, ends[2] = { -1, -1 }, session = -1, error;
	char program[4096];

	error = beside(program, sizeof(program), name);
	if (!error && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		error = -errno;
	if (!error) {
		/* Above the numbers that the program gets them under. */
		above = fcntl(given, F_DUPFD_CLOEXEC, 10);
		session = fcntl(ends[1], F_DUPFD_CLOEXEC, 10);
		error = above < 0 || session < 0 ? -EMFILE : start(program, name, argument, above, session);
	}
	if (above >= 0)
		close(above);
	if (session >= 0)
		close(session);
	if (ends[1] >= 0)
		close(ends[1]);
	if (!error)
		return ends[0];
	if (ends[0] >= 0)
		close(ends[0]);
	return error;
}
