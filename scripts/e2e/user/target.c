// SPDX-License-Identifier: Apache-2.0
/*
 * A program made to be changed while it runs: each line of its arguments or, after "loop", of its input is a call, and its
 * result is printed. Built in every way a program can be built (Makefile).
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#define VICTIM __attribute__((noipa, used))

struct point {
	int x, y;
};

VICTIM long sum(long a, long b)
{
	return a * 10 + b;
}

VICTIM long difference(long a, long b)
{
	return a - b;
}

/* What is at twice+3 is the addition: rax holds the argument there already. */
long twice(long a);
__asm__(".text\n.globl twice\n.type twice, %function\n"
#ifdef __aarch64__
	"twice: add x0, x0, x0\nret\n"
#else
	"twice: mov %rdi, %rax\nadd %rdi, %rax\nret\n"
#endif
	".size twice, . - twice\n");

VICTIM long length(const char *text)
{
	return strlen(text);
}

VICTIM long coordinates(struct point *p)
{
	return p->x * 100 + p->y;
}

/* As the C++ compiler names shape::area(long) and shape::area(double). */
VICTIM long area(long a) __asm__("_ZN5shape4areaEl");
long area(long a)
{
	return a * a;
}

VICTIM long round_area(double a) __asm__("_ZN5shape4areaEd");
long round_area(double a)
{
	return a * a * 3.14;
}

VICTIM static long body(long a)
{
	return a + 1;
}

static void *choose(void)
{
	return body;
}
long chosen(long a) __attribute__((ifunc("choose")));

#ifdef VERSIONED
/* version 2 is what a new program gets */
long versioned(long a);
long versioned_old(long a);
__asm__(".symver versioned_old, versioned@USER_1");
#endif

/* The length of the text at byte 4090 of a file, which nobody has read yet when length is entered. */
static long unread(const char *file)
{
	int fd = open(file, O_RDONLY | O_CLOEXEC);
	char *text = mmap(NULL, 8192, PROT_READ, MAP_PRIVATE, fd, 0);

	return text == MAP_FAILED ? -1 : length(text + 4090);
}

/*
 * Of a copy of its own: older kernels (seen on 5.10) leave the page of the arguments read-only until the program writes there, and
 * a rule's write waits for nothing.
 */
static long length_of_copy(const char *text)
{
	static char copy[64];

	snprintf(copy, sizeof(copy), "%s", text);
	return length(copy);
}

static long call(const char *name, long a, long b, const char *text)
{
	struct point p = { .x = a, .y = b };

	if (!strcmp(name, "sum"))
		return sum(a, b);
	if (!strcmp(name, "difference"))
		return difference(a, b);
	if (!strcmp(name, "twice"))
		return twice(a);
	if (!strcmp(name, "length"))
		return length_of_copy(text);
	if (!strcmp(name, "unread"))
		return unread(text);
	if (!strcmp(name, "coordinates"))
		return coordinates(&p);
	if (!strcmp(name, "area"))
		return area(a);
	if (!strcmp(name, "chosen"))
		return chosen(a);
	if (!strcmp(name, "parent"))
		return getppid() ? 1 : 0;
	if (!strcmp(name, "malloc")) {
		void *volatile got = malloc(a);

		return got != NULL;
	}
	if (!strcmp(name, "strlen")) {
		/* Through a pointer, or the compiler would count by itself. */
		size_t (*volatile count)(const char *) = strlen;

		return count(text);
	}
#ifdef VERSIONED
	if (!strcmp(name, "versioned"))
		return versioned(a);
	if (!strcmp(name, "versioned_old"))
		return versioned_old(a);
#endif
	return -1;
}

int main(int argc, char **argv)
{
	char line[256], name[64], text[64];
	long a, b;

	if (argc > 1 && strcmp(argv[1], "loop")) {
		printf("%ld\n", call(argv[1], argc > 2 ? atol(argv[2]) : 0, argc > 3 ? atol(argv[3]) : 0,
				     argc > 2 ? argv[2] : ""));
		return 0;
	}
	while (fgets(line, sizeof(line), stdin)) {
		a = b = 0;
		text[0] = 0;
		if (sscanf(line, "%63s %63s", name, text) < 1)
			continue;
		sscanf(line, "%*s %ld %ld", &a, &b);
		printf("%ld\n", call(name, a, b, text));
		fflush(stdout);
	}
	return 0;
}
