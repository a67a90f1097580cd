// SPDX-License-Identifier: Apache-2.0
/* What a session asks the kernel's BTF at its start: the numbers of functions that programs may call. */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include "btf.h"
#include "regsh.h"

/* Only one enum has values of such names; the type itself may be anonymous. */
#define FEWEST_HELPERS 100

int regsh_helper_number(const char *name)
{
	const struct btf *types = regsh_kernel_types();
	char wanted[128];
	__u32 id;

	if (!types)
		return -errno;
	snprintf(wanted, sizeof(wanted), "BPF_FUNC_%s", name);
	for (id = 1; id < btf__type_cnt(types); id++) {
		const struct btf_type *type = btf__type_by_id(types, id);
		int i;

		if (!btf_is_enum(type) || btf_vlen(type) < FEWEST_HELPERS)
			continue;
		for (i = 0; i < btf_vlen(type); i++) {
			const char *value = btf__name_by_offset(types, btf_enum(type)[i].name_off);

			if (value && !strcmp(value, wanted))
				return btf_enum(type)[i].val;
		}
	}
	return -ENOENT;
}

/* The descriptor of a module's BTF: the kernel lists all BTF objects, each with the name of its module. */
static int module_btf(const char *module)
{
	__u32 id = 0;

	while (!bpf_btf_get_next_id(id, &id)) {
		char name[64] = "";
		struct bpf_btf_info info = { .name = (__u64)(unsigned long)name, .name_len = sizeof(name) };
		__u32 size = sizeof(info);
		int fd = bpf_btf_get_fd_by_id(id);

		if (fd < 0)
			continue;
		if (!bpf_obj_get_info_by_fd(fd, &info, &size) && info.kernel_btf && !strcmp(name, module))
			return fd;
		close(fd);
	}
	return -ENOENT;
}

/* libbpf would find one of the kernel's first. */
static int own_function(const struct btf *types, const char *name)
{
	__u32 id;

	for (id = btf__type_cnt(btf__base_btf(types)); id < btf__type_cnt(types); id++) {
		const struct btf_type *type = btf__type_by_id(types, id);
		const char *its = btf_is_func(type) ? btf__name_by_offset(types, type->name_off) : NULL;

		if (its && !strcmp(its, name))
			return id;
	}
	return -ENOENT;
}

int regsh_kfunc(const char *module, const char *function, int *btf_fd)
{
	struct btf *types = regsh_module_types(module);
	int id;

	if (!types)
		return -errno;
	id = own_function(types, function);
	btf__free(types);
	if (id < 0)
		return id;
	*btf_fd = module_btf(module);
	return *btf_fd < 0 ? *btf_fd : id;
}
