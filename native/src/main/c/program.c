// SPDX-License-Identifier: Apache-2.0
/* Programs. */
#include <errno.h>
#include <bpf/bpf.h>
#include "regsh.h"

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
