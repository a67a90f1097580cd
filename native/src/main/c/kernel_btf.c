// SPDX-License-Identifier: Apache-2.0
/*
 * The two questions a session asks the kernel's BTF at its start, answered by one walk each over the raw types: libbpf
 * would index 130,000 of them first. Layout: include/uapi/linux/btf.h, Documentation/bpf/btf.rst.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/btf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <bpf/bpf.h>
#include "regsh.h"

struct raw_btf {
	char *data;
	__u32 size;
	const char *types, *types_end, *strings;
	__u32 strings_size;
};

static int raw_open(struct raw_btf *btf, const char *name)
{
	char path[128];
	struct btf_header *header;
	__u32 room = 1 << 20;
	int fd, got;

	snprintf(path, sizeof(path), "/sys/kernel/btf/%s", name);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return -errno;
	btf->size = 0;
	btf->data = malloc(room);
	while (btf->data && (got = read(fd, btf->data + btf->size, room - btf->size)) > 0) {
		btf->size += got;
		if (btf->size == room) {
			char *more = realloc(btf->data, room *= 2);

			if (!more)
				free(btf->data);
			btf->data = more;
		}
	}
	close(fd);
	if (!btf->data)
		return -ENOMEM;
	header = (struct btf_header *)btf->data;
	if (btf->size < sizeof(*header) || header->magic != BTF_MAGIC ||
	    (__u64)header->hdr_len + header->type_off + header->type_len > btf->size ||
	    (__u64)header->hdr_len + header->str_off + header->str_len > btf->size) {
		free(btf->data);
		return -EINVAL;
	}
	btf->types = btf->data + header->hdr_len + header->type_off;
	btf->types_end = btf->types + header->type_len;
	btf->strings = btf->data + header->hdr_len + header->str_off;
	btf->strings_size = header->str_len;
	return 0;
}

static const struct btf_type *next_type(const struct btf_type *type)
{
	__u32 count = BTF_INFO_VLEN(type->info), extra = 0;

	switch (BTF_INFO_KIND(type->info)) {
	case BTF_KIND_INT:
	case BTF_KIND_VAR:
	case BTF_KIND_DECL_TAG:
		extra = sizeof(__u32);
		break;
	case BTF_KIND_ENUM:
		extra = count * sizeof(struct btf_enum);
		break;
	case BTF_KIND_ENUM64:
		extra = count * sizeof(struct btf_enum64);
		break;
	case BTF_KIND_ARRAY:
		extra = sizeof(struct btf_array);
		break;
	case BTF_KIND_STRUCT:
	case BTF_KIND_UNION:
		extra = count * sizeof(struct btf_member);
		break;
	case BTF_KIND_FUNC_PROTO:
		extra = count * sizeof(struct btf_param);
		break;
	case BTF_KIND_DATASEC:
		extra = count * sizeof(struct btf_var_secinfo);
		break;
	}
	return (const struct btf_type *)((const char *)(type + 1) + extra);
}

static int has_name(const struct raw_btf *btf, __u32 offset, __u32 base, const char *name)
{
	return offset >= base && offset - base + strlen(name) < btf->strings_size &&
	       !strcmp(btf->strings + (offset - base), name);
}

int regsh_helper_number(const char *name)
{
	const struct btf_type *type;
	char wanted[128];
	struct raw_btf btf;
	int found = -ENOENT, error = raw_open(&btf, "vmlinux");

	if (error)
		return error;
	snprintf(wanted, sizeof(wanted), "BPF_FUNC_%s", name);
	for (type = (void *)btf.types; (const char *)type < btf.types_end; type = next_type(type)) {
		const struct btf_enum *value = (void *)(type + 1);
		__u32 i;

		/* Only one enum has values of such names; the type itself may be anonymous. */
		if (BTF_INFO_KIND(type->info) != BTF_KIND_ENUM || BTF_INFO_VLEN(type->info) < 100)
			continue;
		for (i = 0; i < BTF_INFO_VLEN(type->info); i++)
			if (has_name(&btf, value[i].name_off, 0, wanted))
				found = value[i].val;
	}
	free(btf.data);
	return found;
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

int regsh_kfunc(const char *module, const char *function, int *btf_fd)
{
	const struct btf_type *type;
	struct raw_btf base, split;
	int id = 1, found = -ENOENT, error = raw_open(&split, module);

	if (error)
		return error;
	error = raw_open(&base, "vmlinux");
	if (error) {
		free(split.data);
		return error;
	}
	/* A module's types and strings are numbered on from the kernel's. */
	for (type = (void *)base.types; (const char *)type < base.types_end; type = next_type(type))
		id++;
	for (type = (void *)split.types; (const char *)type < split.types_end; type = next_type(type), id++)
		if (BTF_INFO_KIND(type->info) == BTF_KIND_FUNC &&
		    has_name(&split, type->name_off, base.strings_size, function))
			found = id;
	free(base.data);
	free(split.data);
	if (found < 0)
		return found;
	*btf_fd = module_btf(module);
	return *btf_fd < 0 ? *btf_fd : found;
}
