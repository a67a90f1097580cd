// SPDX-License-Identifier: GPL-2.0-only
/* Calls are sent to text of a module that is freed: none may arrive there afterwards, which the kernel would not survive. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "selftest.h"

#define NEIGHBOUR "regsh_neighbour"
#define LOAD "modprobe " NEIGHBOUR
#define CALLERS 2
#define PATIENCE 2000	/* times 10 ms */

static void start_callers(pid_t callers[CALLERS])
{
	int i;

	for (i = 0; i < CALLERS; i++) {
		callers[i] = fork();
		if (callers[i])
			continue;
		for (;;)
			target_text("time 100 sum 1 2 3");
	}
}

static void stop_callers(const pid_t callers[CALLERS])
{
	int i;

	for (i = 0; i < CALLERS; i++)
		kill(callers[i], SIGKILL);
	while (wait(NULL) > 0)
		;
}

/* Until a hit has had that answer. */
static bool comes_to(const struct rule *rule, __s64 answer)
{
	__u64 before = rule_outcome(rule).runs;
	int i;

	for (i = 0; i < PATIENCE; i++) {
		struct outcome now = rule_outcome(rule);

		/* Some were on their way. */
		if (now.runs > before + CALLERS && now.answer == answer)
			return true;
		usleep(10000);
	}
	return false;
}

static bool send_to(struct rule *rule, unsigned long address)
{
	struct request request = REQUEST(4, VALUE(PC, address));
	struct probe probe = ON("sum");

	return address && !rule_load(rule, &request, 0) && !rule_attach(rule, &probe) && comes_to(rule, 0);
}

static bool unload(void)
{
	int i;

	for (i = 0; i < PATIENCE; i++) {
		if (!syscall(SYS_delete_module, NEIGHBOUR, O_NONBLOCK))
			return true;
		if (errno != EAGAIN && errno != EWOULDBLOCK)
			return false;
		usleep(10000);
	}
	return false;
}

static void module_goes(unsigned int rounds)
{
	unsigned int round, good = 0;
	struct rule rule;

	for (round = 0; round < rounds; round++) {
		if (system(LOAD))
			break;
		good += send_to(&rule, kernel_address("regsh_neighbour_sum")) && unload() && comes_to(&rule, -EINVAL);
		rule_close(&rule);
	}
	check(good == rounds, "a module that calls are sent to goes: %u of %u times", good, rounds);
}

/* Where a module is being initialised, which takes it so many ms; 0: that was over before it was found. */
static unsigned long initialisation(unsigned int ms)
{
	unsigned long address = 0;
	char state[16] = "", command[64];
	int i;

	snprintf(command, sizeof(command), LOAD " init_ms=%u &", ms);
	if (system(command))
		return 0;
	for (i = 0; i < PATIENCE && !address && strcmp(state, "live\n"); i++) {
		usleep(10000);
		read_file("/sys/module/" NEIGHBOUR "/initstate", state, sizeof(state));
		address = kernel_address("regsh_neighbour_once");
	}
	return address;
}

/* What initialises a module is freed when it is loaded. */
static void initialisation_ends(void)
{
	unsigned long address = 0;
	struct rule rule = { -1, -1, -1 };
	unsigned int ms;
	bool good;

	for (ms = 6000; !address && ms < 60000; ms *= 2) {
		if (ms > 6000)
			unload();
		address = initialisation(ms);
	}
	good = send_to(&rule, address);
	check(good, "calls are sent to a module's initialisation");
	check(good && comes_to(&rule, -EINVAL), "and refused when that is over");
	/* It is freed a while after. */
	sleep(2);
	rule_close(&rule);
	check(unload(), "the module goes");
}

void departing_tests(unsigned int rounds)
{
	pid_t callers[CALLERS];

	if (system("modprobe -n " NEIGHBOUR)) {
		skip("modules that go", "no " NEIGHBOUR " here");
		return;
	}
	start_callers(callers);
	module_goes(rounds);
	initialisation_ends();
	stop_callers(callers);
	check(target("sum 1 2 3") == 6, "the function behaves after modules went");
}
