// SPDX-License-Identifier: GPL-2.0-only
#include "engine.h"
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MODULE_LEVEL "/sys/module/regs_override/parameters/level"

static int helper_number(const struct btf *btf, const char *name)
{
	int id = btf__find_by_name_kind(btf, "bpf_func_id", BTF_KIND_ENUM), i;
	const struct btf_type *type = id > 0 ? btf__type_by_id(btf, id) : NULL;

	for (i = 0; type && i < btf_vlen(type); i++)
		if (!strcmp(btf__name_by_offset(btf, btf_enum(type)[i].name_off), name))
			return btf_enum(type)[i].val;
	return 0;
}

static void find_helpers(struct engine *e, const struct btf *btf)
{
	e->regs = helper_number(btf, "BPF_FUNC_override_regs");
	if (!e->regs)
		return;
	e->helper = true;
	e->mem = helper_number(btf, "BPF_FUNC_override_mem");
	e->level = "/proc/sys/kernel/bpf_override_regs";
	e->name = "helper";
}

static int kfunc_id(const struct btf *btf, const char *name)
{
	int id = btf__find_by_name_kind(btf, name, BTF_KIND_FUNC);

	return id > 0 ? id : 0;
}

static void find_kfuncs(struct engine *e, struct btf *base)
{
	struct btf *btf;
	__u32 at = 0;

	while (!bpf_btf_get_next_id(at, &at)) {
		char name[64] = "";
		struct bpf_btf_info info = { .name = (unsigned long)name, .name_len = sizeof(name) };
		__u32 len = sizeof(info);
		int fd = bpf_btf_get_fd_by_id(at);

		if (fd < 0)
			continue;
		if (bpf_obj_get_info_by_fd(fd, &info, &len) || strcmp(name, "regs_override")) {
			close(fd);
			continue;
		}
		btf = btf__load_from_kernel_by_id_split(at, base);
		if (btf) {
			e->regs = kfunc_id(btf, "bpf_override_regs");
			e->mem = kfunc_id(btf, "bpf_override_mem");
			e->btf_fd = fd;
			e->level = MODULE_LEVEL;
			e->kfunc = e->regs;
			e->name = e->kfunc ? "kfunc" : NULL;
		}
		btf__free(btf);
		return;
	}
}

static void find_device(struct engine *e)
{
	e->device = open("/dev/regs_override", O_RDWR | O_CLOEXEC);
	if (e->device < 0)
		return;
	e->probe = true;
	e->regs = e->mem = 1;
	e->level = MODULE_LEVEL;
	e->name = "probe";
}

static struct engine find(void)
{
	struct btf *base = btf__load_vmlinux_btf();
	struct engine e = { .btf_fd = -1, .device = -1 };
	const char *wanted = getenv("ENGINE");

	if (!base)
		return e;
	if (!wanted || strcmp(wanted, "probe")) {
		find_helpers(&e, base);
		if (!e.name)
			find_kfuncs(&e, base);
	}
	if (!e.name)
		find_device(&e);
	btf__free(base);
	return e;
}

const struct engine *engine(void)
{
	static struct engine found;
	static bool done;

	if (!done)
		found = find();
	done = true;
	return &found;
}
