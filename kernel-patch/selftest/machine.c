// SPDX-License-Identifier: GPL-2.0-only
/* Small files of the kernel: its symbols, the level of overriding. */
#include <errno.h>
#include <fcntl.h>
#include <fnmatch.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include "engine.h"
#include "machine.h"

int write_file(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY), err = 0;

	if (fd < 0)
		return -errno;
	if (write(fd, text, strlen(text)) < 0)
		err = -errno;
	close(fd);
	return err;
}

bool read_file(const char *path, char *text, size_t size)
{
	int fd = open(path, O_RDONLY);
	ssize_t n = fd < 0 ? -1 : read(fd, text, size - 1);

	text[n < 0 ? 0 : n] = 0;
	if (fd >= 0)
		close(fd);
	return n >= 0;
}

int set_level(int level)
{
	char text[4];

	snprintf(text, sizeof(text), "%d", level);
	return write_file(engine()->level, text);
}

unsigned long kernel_address(const char *pattern)
{
	FILE *f = fopen("/proc/kallsyms", "r");
	unsigned long address, found = 0;
	char name[512], line[600];

	while (f && !found && fgets(line, sizeof(line), f))
		if (sscanf(line, "%lx %*c %511s", &address, name) == 2 && !fnmatch(pattern, name, 0))
			found = address;
	if (f)
		fclose(f);
	return found;
}
