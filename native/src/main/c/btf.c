// SPDX-License-Identifier: Apache-2.0
/*
 * Files of BTF, read and checked by libbpf: where each type stands for Java, which takes it apart itself, and the functions by
 * name. libbpf finds a name by looking at every type; a rule for a thousand functions asks a thousand times.
 */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include "btf.h"
#include "regsh.h"

#define FOLDER "/sys/kernel/btf/"
#define KERNEL FOLDER "vmlinux"

/* Types first to end - 1 are its own, the others its base's. */
struct file {
	struct btf *btf;
	__u32 first, end;
	/* Of its own types, where they stand in its bytes. */
	__u32 *places;
	/* Hash table of the ids of its own functions, of a power of two of places, which is mask + 1. */
	__u32 *functions, mask;
};

/* btf__parse_raw() has the file twice while it reads it, and the hole that this leaves among what malloc() gave stays. */
static struct btf *read_once(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	struct btf *btf = NULL;
	struct stat is;
	off_t used = 0;
	ssize_t got;
	char *bytes;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &is) || !is.st_size) {
		close(fd);
		errno = EINVAL;
		return NULL;
	}
	bytes = mmap(NULL, is.st_size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (bytes != MAP_FAILED) {
		while (used < is.st_size && (got = read(fd, bytes + used, is.st_size - used)) > 0)
			used += got;
		btf = btf__new(bytes, used);
		munmap(bytes, is.st_size);
	}
	close(fd);
	return btf;
}

struct btf *regsh_kernel_types(void)
{
	static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
	static struct btf *kernel;
	struct btf *result;

	pthread_mutex_lock(&lock);
	if (!kernel)
		kernel = read_once(KERNEL);
	result = kernel;
	pthread_mutex_unlock(&lock);
	return result;
}

struct btf *regsh_module_types(const char *module)
{
	struct btf *kernel;
	char path[128];

	snprintf(path, sizeof(path), FOLDER "%s", module);
	/* Most machines have no such module: the kernel's types need not be read for that. */
	if (access(path, R_OK))
		return NULL;
	kernel = regsh_kernel_types();
	return kernel ? btf__parse_raw_split(path, kernel) : NULL;
}

static __u32 hash(const char *name)
{
	__u32 hash = 0;

	while (*name)
		hash = hash * 31 + (unsigned char)*name++;
	return hash * 0x9e3779b9U >> 8;
}

/* NULL: it is no function. */
static const char *function_name(const struct file *file, __u32 id)
{
	const struct btf_type *type = btf__type_by_id(file->btf, id);

	return btf_is_func(type) ? btf__name_by_offset(file->btf, type->name_off) : NULL;
}

static int index_functions(struct file *file)
{
	__u32 id, slot, count = 0, size = 64;
	const char *name;

	for (id = file->first; id < file->end; id++)
		count += btf_is_func(btf__type_by_id(file->btf, id));
	while (size < 2 * count)
		size *= 2;
	file->mask = size - 1;
	file->functions = calloc(size, sizeof(*file->functions));
	if (!file->functions)
		return -ENOMEM;
	for (id = file->first; id < file->end; id++) {
		name = function_name(file, id);
		if (!name)
			continue;
		for (slot = hash(name) & file->mask; file->functions[slot]; slot = (slot + 1) & file->mask)
			;
		file->functions[slot] = id;
	}
	return 0;
}

static int find_places(struct file *file)
{
	const char *bytes;
	__u32 id, size;

	bytes = btf__raw_data(file->btf, &size);
	file->places = calloc(file->end - file->first + 1, sizeof(*file->places));
	if (!bytes || !file->places)
		return -ENOMEM;
	for (id = file->first; id < file->end; id++) {
		const char *type = (const char *)btf__type_by_id(file->btf, id);

		/* Of another byte order it has made a copy. */
		if (type < bytes || type >= bytes + size)
			return -EINVAL;
		file->places[id - file->first] = type - bytes;
	}
	return 0;
}

int regsh_btf_open(const char *path, void *base, void **result)
{
	struct file *file = calloc(1, sizeof(*file)), *below = base;
	int error;

	if (!file)
		return -ENOMEM;
	file->btf = below ? btf__parse_raw_split(path, below->btf) : strcmp(path, KERNEL) ? read_once(path) : regsh_kernel_types();
	/* What has no head of BTF is EPROTO to one of libbpf's readers. */
	error = file->btf ? 0 : errno == EPROTO ? -EINVAL : -errno;
	if (!error) {
		file->first = below ? below->end : 1;
		file->end = btf__type_cnt(file->btf);
		error = find_places(file);
	}
	if (!error)
		error = index_functions(file);
	if (error)
		regsh_btf_close(file);
	else
		*result = file;
	return error;
}

const void *regsh_btf_bytes(void *handle, __u32 *size)
{
	return btf__raw_data(((struct file *)handle)->btf, size);
}

const __u32 *regsh_btf_places(void *handle, __u32 *count)
{
	struct file *file = handle;

	*count = file->end - file->first;
	return file->places;
}

int regsh_btf_function(void *handle, const char *name)
{
	struct file *file = handle;
	__u32 slot = hash(name) & file->mask;

	for (; file->functions[slot]; slot = (slot + 1) & file->mask)
		if (!strcmp(name, function_name(file, file->functions[slot])))
			return file->functions[slot];
	return -ENOENT;
}

void regsh_btf_close(void *handle)
{
	struct file *file = handle;

	if (file->btf && file->btf != regsh_kernel_types())
		btf__free(file->btf);
	free(file->places);
	free(file->functions);
	free(file);
}
