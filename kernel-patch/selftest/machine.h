/* SPDX-License-Identifier: GPL-2.0-only */
/* Small files of the kernel: its symbols, the level of overriding. */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>
#include <stddef.h>

/* Of the first symbol that matches; 0 if there is none. */
unsigned long kernel_address(const char *pattern);
/* 0 or -errno */
int set_level(int level);
int write_file(const char *path, const char *text);
bool read_file(const char *path, char *text, size_t size);

#endif
