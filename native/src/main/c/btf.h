/* SPDX-License-Identifier: Apache-2.0 */
#ifndef BTF_H
#define BTF_H

#include <bpf/btf.h>

/* The kernel image's own types, read once and kept; NULL with errno set: there are none. */
struct btf *regsh_kernel_types(void);
/* The types of a module on top of those; NULL with errno set. To be freed with btf__free(). */
struct btf *regsh_module_types(const char *module);

#endif
