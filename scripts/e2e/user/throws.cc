// SPDX-License-Identifier: Apache-2.0
// Exceptions that end functions: each argument is a number, and what catches makes of it is printed.
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#define VICTIM extern "C" __attribute__((noipa, used))

VICTIM long thrower(long a)
{
	if (a < 0)
		throw std::runtime_error("below");
	return a * 2;
}

// An exception passes through it.
VICTIM long through(long a)
{
	return thrower(a) + 1;
}

// One is caught in it.
VICTIM long catches(long a)
{
	try {
		return through(a);
	} catch (const std::exception &) {
		return -7;
	}
}

// And one passes through the C library.
static int compare(const void *a, const void *b)
{
	return static_cast<int>(through(*static_cast<const long *>(a)) - through(*static_cast<const long *>(b)));
}

VICTIM long sorts(long a)
{
	long some[] = {4, a, 2};

	try {
		qsort(some, 3, sizeof(some[0]), compare);
		return some[0];
	} catch (const std::exception &) {
		return -8;
	}
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		printf("%ld %ld%c", catches(atol(argv[i])), sorts(atol(argv[i])), i + 1 < argc ? ' ' : '\n');
	return 0;
}
