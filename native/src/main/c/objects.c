// SPDX-License-Identifier: Apache-2.0
/* Maps and programs. */
#include <errno.h>
#include <stdarg.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
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

int regsh_map_create(int type, const char *name, __u32 key, __u32 value, __u32 entries, __u32 flags)
{
	LIBBPF_OPTS(bpf_map_create_opts, opts, .map_flags = flags);

	return bpf_map_create(type, name, key, value, entries, &opts);
}

int regsh_map_update(int fd, const void *key, const void *value)
{
	return bpf_map_update_elem(fd, key, value, BPF_ANY);
}

int regsh_map_lookup(int fd, const void *key, void *value)
{
	return bpf_map_lookup_elem(fd, key, value);
}

void *regsh_map_mmap(int fd, __u64 size)
{
	void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);

	return at == MAP_FAILED ? NULL : at;
}

int regsh_map_munmap(void *at, __u64 size)
{
	return munmap(at, size) ? -errno : 0;
}

int regsh_prog_load(int type, const char *name, const char *license, const __u64 *insns, __u32 count,
		    const int *fd_array, __u32 flags, char *log, __u32 log_size)
{
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .fd_array = fd_array, .prog_flags = flags);
	int fd = bpf_prog_load(type, name, license, (const struct bpf_insn *)insns, count, &opts);
	int error;

	if (fd >= 0 || !log || !log_size || fd == -EPERM)
		return fd;
	error = fd;
	log[0] = 0;
	opts.log_buf = log;
	opts.log_size = log_size;
	opts.log_level = 1;
	fd = bpf_prog_load(type, name, license, (const struct bpf_insn *)insns, count, &opts);
	log[log_size - 1] = 0;
	/* A log that does not fit is -ENOSPC, which says nothing of the program. */
	return fd == -ENOSPC ? error : fd;
}

int regsh_prog_test_run(int fd, void *ctx, __u32 ctx_size, __u32 *result)
{
	LIBBPF_OPTS(bpf_test_run_opts, opts, .ctx_in = ctx, .ctx_size_in = ctx_size);
	int error = bpf_prog_test_run_opts(fd, &opts);

	*result = opts.retval;
	return error;
}

long long regsh_prog_missed(int fd)
{
	struct bpf_prog_info info = {};
	__u32 size = sizeof(info);
	int error = bpf_obj_get_info_by_fd(fd, &info, &size);

	return error ? error : (long long)info.recursion_misses;
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
