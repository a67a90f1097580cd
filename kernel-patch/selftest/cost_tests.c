// SPDX-License-Identifier: GPL-2.0-only
/*
 * What a hit at a probe of the module's own costs, beside the nearest thing that the kernel has without it: the same program at a
 * probe of the kernel's own, which pushes the same values to a queue that nobody reads. In turns, in one run; of each the median,
 * each time of the quickest of ten batches of calls, since a machine that is emulated is interrupted by others.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "engine.h"
#include "selftest.h"

#define CALLS 1000
#define BATCHES 10
#define MOST_ROUNDS 101
#define ALLOWED 1.05

enum way { BARE, KERNEL, MODULE, WAYS };

struct place {
	const char *name;
	struct request request;
	struct probe probe;
	const char *call;		/* in the kernel; NULL: victim() */
};

static double call_target(const char *line)
{
	char text[64];
	unsigned long long ns;

	snprintf(text, sizeof(text), "time %d %s", CALLS, line);
	return sscanf(target_text(text), "calls=%*d ns=%llu", &ns) == 1 ? (double)ns / CALLS : -1;
}

static double call_victim_often(void)
{
	struct timespec begin, end;
	int i;

	clock_gettime(CLOCK_MONOTONIC, &begin);
	for (i = 0; i < CALLS; i++)
		victim(1, 2);
	clock_gettime(CLOCK_MONOTONIC, &end);
	return ((end.tv_sec - begin.tv_sec) * 1e9 + end.tv_nsec - begin.tv_nsec) / CALLS;
}

static double call_often(const struct place *place)
{
	double least = -1, cost;
	int i;

	for (i = 0; i < BATCHES; i++) {
		cost = place->call ? call_target(place->call) : call_victim_often();
		if (cost < 0)
			return cost;
		if (least < 0 || cost < least)
			least = cost;
	}
	return least;
}

/* ns a call; negative where it could not be measured. */
static double measure(const struct place *place, enum way way)
{
	struct request request = place->request;
	struct rule rule;
	double cost = -1;
	int err = 0;

	if (way == BARE)
		return call_often(place);
	request.queue = way == KERNEL;
	err = rule_load(&rule, &request, 0);
	if (!err)
		err = way == KERNEL ? rule_attach_by_perf(&rule, &place->probe) : rule_attach(&rule, &place->probe);
	if (!err && (!place->probe.jump || becomes_jump(&place->probe)))
		cost = call_often(place);
	if (err || rule_outcome(&rule).runs < CALLS * BATCHES || rule_outcome(&rule).answer)
		cost = -1;
	rule_close(&rule);
	return cost;
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void compare_ways(const struct place *place, unsigned int rounds)
{
	double cost[WAYS][MOST_ROUNDS], median[WAYS], ratio;
	unsigned int round, i;

	write_file("/proc/sys/debug/kprobes-optimization", place->probe.jump ? "1" : "0");
	for (round = 0; round < rounds; round++)
		for (i = 0; i < WAYS; i++)
			cost[(round + i) % WAYS][round] = measure(place, (round + i) % WAYS);
	write_file("/proc/sys/debug/kprobes-optimization", "1");
	for (i = 0; i < WAYS; i++) {
		qsort(cost[i], rounds, sizeof(**cost), compare);
		if (cost[i][0] < 0) {
			check(false, "costs: %s: way %u could not be measured", place->name, i);
			return;
		}
		median[i] = cost[i][rounds / 2];
	}
	ratio = (median[MODULE] - median[BARE]) / (median[KERNEL] - median[BARE]);
	check(ratio <= ALLOWED, "costs: %s: %.0f ns at the kernel's probe, %.0f at the module's: %.2f", place->name,
	      median[KERNEL] - median[BARE], median[MODULE] - median[BARE], ratio);
}

void cost_tests(unsigned int rounds)
{
	struct request argument = REQUEST(1, VALUE(ARG1, 2)), skip_it = REQUEST(2, VALUE(RESULT, -12)), result = REQUEST(1, VALUE(RESULT, 9));
	struct probe inside = ON("mid", .offset = target("mid_offset")), jump = ON("mid", .offset = inside.offset, .jump = true);
	struct probe user = { .path = "/proc/self/exe", .offset = offset_in_file(victim) };
	struct probe user_return = { .path = user.path, .offset = user.offset, .at_return = true };
	const struct place places[] = {
		{ "an argument at an ftrace entry", argument, ON("sum"), "sum 1 2 3" },
		{ "a skip at an ftrace entry", skip_it, ON("sum"), "sum 1 2 3" },
		{ "a result", result, ON("sum", .at_return = true), "sum 1 2 3" },
		{ "a register at a breakpoint", result, inside, "mid 1" },
		{ "a register at a jump", result, jump, "mid 1" },
		{ "an argument of a user function", argument, user, NULL },
		{ "a result of a user function", result, user_return, NULL },
	};
	size_t i;

	if (!engine()->probe) {
		skip("costs", "scripts/bench measures those of rules");
		return;
	}
	for (i = 0; i < sizeof(places) / sizeof(*places); i++)
		if (places[i].probe.jump && !has_jumps())
			skip("costs: a register at a jump", "this kernel makes no probe one");
		else
			compare_ways(&places[i], rounds < MOST_ROUNDS ? rounds : MOST_ROUNDS);
}
