// SPDX-License-Identifier: Apache-2.0
/* Maps. */
#include <errno.h>
#include <sys/mman.h>
#include <bpf/bpf.h>
#include "regsh.h"

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
