// SPDX-License-Identifier: Apache-2.0
/*
 * Keeps a module loaded: a tracing program for one of its functions holds a reference to it, from 6.4 while it is loaded,
 * before that while it is attached. The program stays with regsh-hold until no task is in the module any more.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include "regsh.h"

static long references(const char *module)
{
	char path[128];
	long count = -1;
	FILE *file;

	snprintf(path, sizeof(path), "/sys/module/%s/refcnt", module);
	file = fopen(path, "re");
	if (!file)
		return -errno;
	if (fscanf(file, "%ld", &count) != 1)
		count = -EINVAL;
	fclose(file);
	return count;
}

static int hold(const char *module, const char *function)
{
	const struct bpf_insn nothing[] = {
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	long before = references(module);
	int btf, id, prog, link;

	if (before < 0)
		return before;
	id = regsh_kfunc(module, function, &btf);
	if (id < 0)
		return id;
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = BPF_TRACE_FENTRY, .attach_btf_id = id,
		    .attach_btf_obj_fd = btf);
	prog = bpf_prog_load(BPF_PROG_TYPE_TRACING, "regsh_hold", "GPL", nothing, 2, &opts);
	close(btf);
	if (prog < 0 || references(module) > before)
		return prog;
	link = bpf_link_create(prog, 0, BPF_TRACE_FENTRY, NULL);
	close(prog);
	if (link >= 0 && references(module) <= before) {
		close(link);
		return -EOPNOTSUPP;
	}
	return link;
}

/* regsh-hold stands beside this library. */
static int beside(char *path, size_t size)
{
	Dl_info info;
	char *slash;

	if (!dladdr((void *)regsh_module_hold, &info) || strlen(info.dli_fname) >= size)
		return -ENOENT;
	strcpy(path, info.dli_fname);
	slash = strrchr(path, '/');
	if (!slash || (size_t)(slash + 1 - path) + sizeof("regsh-hold") > size)
		return -ENOENT;
	strcpy(slash + 1, "regsh-hold");
	return 0;
}

/* Starts it with its descriptors 3 and 4 and nothing else of the session's. */
static int start(const char *program, const char *module, int held, int session)
{
	char *const arguments[] = { "regsh-hold", (char *)module, NULL }, *const nothing[] = { NULL };
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
	posix_spawn_file_actions_adddup2(&files, held, 3);
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

int regsh_module_hold(const char *module, const char *function, int *keeper)
{
	int held, above = -1, ends[2] = { -1, -1 }, session = -1, error;
	char program[4096];

	held = hold(module, function);
	if (held < 0)
		return held;
	error = beside(program, sizeof(program));
	if (!error && socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends))
		error = -errno;
	if (!error) {
		/* Above the numbers that the program gets them under. */
		above = fcntl(held, F_DUPFD_CLOEXEC, 10);
		session = fcntl(ends[1], F_DUPFD_CLOEXEC, 10);
		error = above < 0 || session < 0 ? -EMFILE : start(program, module, above, session);
	}
	if (above >= 0)
		close(above);
	if (session >= 0)
		close(session);
	if (ends[1] >= 0)
		close(ends[1]);
	if (!error) {
		*keeper = ends[0];
		return held;
	}
	if (ends[0] >= 0)
		close(ends[0]);
	close(held);
	return error;
}

int regsh_hold_until_gone(int keeper, int prog)
{
	struct bpf_prog_info info = {};
	__u32 size = sizeof(info);
	int error = bpf_obj_get_info_by_fd(prog, &info, &size);

	if (error)
		return error;
	return send(keeper, &info.id, sizeof(info.id), MSG_NOSIGNAL) == sizeof(info.id) ? 0 : -EPIPE;
}

int regsh_hold_release(int held, int keeper, int timeout_ms)
{
	struct pollfd ended = { .fd = keeper, .events = POLLIN };
	int left;

	close(held);
	shutdown(keeper, SHUT_WR);
	left = poll(&ended, 1, timeout_ms) > 0;
	close(keeper);
	return left ? 0 : -EBUSY;
}
