// SPDX-License-Identifier: Apache-2.0
/*
 * Keeps a module loaded: a tracing program for one of its functions holds a reference to it, from 6.4 while it is loaded,
 * before that while it is attached. The program stays with regsh-hold until no task is in the module any more.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include "companion.h"
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

int regsh_module_hold(const char *module, const char *function, int *keeper)
{
	int held;

	held = hold(module, function);
	if (held < 0)
		return held;
	*keeper = regsh_companion("regsh-hold", module, held);
	if (*keeper >= 0)
		return held;
	close(held);
	return *keeper;
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
