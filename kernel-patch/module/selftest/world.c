// SPDX-License-Identifier: GPL-2.0-only
/* The target module, kallsyms, files. */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "selftest.h"

int target_text(const char *line, char *out, int size)
{
	int fd = open("/sys/kernel/debug/regsh_target/call", O_RDWR | O_CLOEXEC), n = -errno;

	if (fd < 0)
		return n;
	n = write(fd, line, strlen(line)) < 0 ? -errno : pread(fd, out, size - 1, 0);
	close(fd);
	if (n >= 0)
		out[n] = 0;
	return n;
}

int64_t target(const char *line)
{
	char text[128];
	int n = target_text(line, text, sizeof(text));

	return n < 0 ? n : strtoll(text, NULL, 10);
}

uint64_t symbol(const char *name)
{
	char line[1024], found[512];
	uint64_t address, result = 0;
	FILE *f = fopen("/proc/kallsyms", "r");

	while (!result && fgets(line, sizeof(line), f))
		if (sscanf(line, "%lx %*c %511s", &address, found) == 2 && !strcmp(found, name))
			result = address;
	fclose(f);
	return result;
}

int put(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY | O_CLOEXEC), err = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}

int rmmod(const char *name)
{
	return syscall(SYS_delete_module, name, O_NONBLOCK) ? -errno : 0;
}
