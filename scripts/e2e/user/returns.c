// SPDX-License-Identifier: Apache-2.0
/* Functions that return in every way, and some that are left otherwise: each argument names one, and its result is printed. */
#define _GNU_SOURCE
#include <pthread.h>
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#define VICTIM __attribute__((noipa, used))

extern char __executable_start, etext;
static jmp_buf back;
static ucontext_t here, there;
static long result;

/* Two return instructions. */
VICTIM long plain(long a)
{
	if (a == 3)
		return 7;
	return a * 2;
}

VICTIM long last(long a)
{
	return a + 1;
}

/* Ends in a jump to last, unless a is 5; called by itself too. */
VICTIM long ends(long a)
{
	return a == 5 ? 50 : last(a + 10);
}

/* Through a pointer: where it goes is not in the code. */
long (*volatile pointer)(long) = last;
VICTIM long anywhere(long a)
{
	return pointer(a);
}

VICTIM __attribute__((cold)) void rare(void)
{
	__asm__ volatile("");
}

/* The compiler puts the part of 10 elsewhere. */
VICTIM long moved(long a)
{
	long next = last(a);

	if (__builtin_expect(next == 10, 0)) {
		rare();
		return a * next;
	}
	return a + next;
}

VICTIM long recursive(long a)
{
	long rest = a <= 1 ? 1 : recursive(a - 1);

	/* Or the compiler would make a loop of it. */
	__asm__ volatile("" : "+r"(rest));
	return a * rest;
}

VICTIM long leaves(long a)
{
	if (a < 0)
		longjmp(back, 1);
	return a * 2;
}

/* What a program that copies or unwinds its stack finds there is either known to it, or the end of it. */
VICTIM long looks(long a)
{
	char *to = __builtin_return_address(0);

	if (to < &__executable_start || to > &etext)
		abort();
	return a + 1;
}

/* Begins on one thread and returns on another. */
VICTIM long switches(long a)
{
	swapcontext(&there, &here);
	return a + 5;
}

static void coroutine(void)
{
	result = switches(3);
	swapcontext(&there, &here);
}

static void *other(void *unused)
{
	swapcontext(&here, &there);
	return unused;
}

VICTIM void finishes(void)
{
	pthread_exit(NULL);
}

static void *finishing(void *unused)
{
	finishes();
	return unused;
}

static void run(void *(*start)(void *))
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, start, NULL) || pthread_join(thread, NULL))
		abort();
}

static long call(const char *name)
{
	static char stack[1 << 16];

	if (!strcmp(name, "plain"))
		return plain(3) * 100 + plain(4);
	if (!strcmp(name, "ends"))
		return ends(5) * 1000 + ends(6) + last(200);
	if (!strcmp(name, "anywhere"))
		return anywhere(1);
	if (!strcmp(name, "moved"))
		return moved(9) + moved(100);
	if (!strcmp(name, "recursive"))
		return recursive(5);
	if (!strcmp(name, "leaves")) {
		if (!setjmp(back))
			leaves(-1);
		return leaves(5);
	}
	if (!strcmp(name, "looks"))
		return looks(1);
	if (!strcmp(name, "finishes")) {
		run(finishing);
		return 1;
	}
	if (!strcmp(name, "switches")) {
		getcontext(&there);
		there.uc_stack.ss_sp = stack;
		there.uc_stack.ss_size = sizeof(stack);
		makecontext(&there, coroutine, 0);
		swapcontext(&here, &there);
		run(other);
		return result;
	}
	return -1;
}

int main(int argc, char **argv)
{
	for (int i = 1; i < argc; i++)
		printf("%ld%c", call(argv[i]), i + 1 < argc ? ' ' : '\n');
	return 0;
}
