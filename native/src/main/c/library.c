// SPDX-License-Identifier: Apache-2.0
/* What is of the process as a whole: limits and messages, descriptors of whatever kind, its terminal. */
#include <errno.h>
#include <stdarg.h>
#include <sys/ioctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include "regsh.h"

static int silent(enum libbpf_print_level level, const char *format, va_list args)
{
	(void)level;
	(void)format;
	(void)args;
	return 0;
}

int regsh_init(void)
{
	struct rlimit unlimited = { RLIM_INFINITY, RLIM_INFINITY };

	libbpf_set_print(silent);
	libbpf_set_strict_mode(LIBBPF_STRICT_ALL);
	/* Without the privilege it stays as it is, and a kernel from 5.11 does not mind. */
	setrlimit(RLIMIT_MEMLOCK, &unlimited);
	return 0;
}

int regsh_pin(int fd, const char *path)
{
	return bpf_obj_pin(fd, path);
}

int regsh_open_pinned(const char *path)
{
	return bpf_obj_get(path);
}

int regsh_close(int fd)
{
	return close(fd) ? -errno : 0;
}

int regsh_columns(void)
{
	struct winsize size;

	return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) ? 0 : size.ws_col;
}
