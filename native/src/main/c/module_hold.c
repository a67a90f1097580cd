// SPDX-License-Identifier: Apache-2.0
/*
 * Keeps a module loaded: a tracing program for one of its functions holds a reference to it, from 6.4 while it is loaded,
 * before that while it is attached.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
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

int regsh_module_hold(const char *module, const char *function)
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
