// SPDX-License-Identifier: GPL-2.0-only
/*
 * Rules come and go while every CPU calls the function. While a rule is attached no call may miss it (lost), while none
 * is no call may show one (stray), and in all, calls show a rule as often as its program ran.
 */
#define _GNU_SOURCE
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>
#include "engine.h"
#include "selftest.h"

#define BATCH 100
#define MAX_CPUS 64
#define PATIENCE 60	/* seconds until every CPU must have called once more */

/* What a rule does, and what the call then gives. */
struct action {
	struct request request;
	bool at_return;
	long long result;
};

/* Where the rules are attached: one kind of probe, one function. */
struct place {
	const char *name;
	struct probe probe;
	const char *call;
	long long result;		/* without a rule */
	bool optimised;			/* as a jump where that is possible */
	unsigned int actions;
	struct action action[4];
};

enum state { OFF, ATTACHING, ON, DETACHING };

struct caller {
	_Atomic unsigned int seen;	/* the step in which a batch of calls began and ended */
	long long with, without;	/* calls that showed the rule, or did not */
	long long lost, stray, errors;
};

struct stress {
	_Atomic unsigned int step;	/* its lowest two bits are the state */
	_Atomic long long result;	/* with the rule that is, was or will be attached */
	_Atomic bool stop;
	unsigned int callers;
	struct caller caller[MAX_CPUS];
};

static void call_once(struct stress *s, struct caller *me, const struct place *place, const char *line)
{
	unsigned int before = s->step, after;
	long long calls, sum, change, with;

	if (sscanf(target_text(line), "calls=%lld ns=%*u sum=%lld", &calls, &sum) != 2) {
		me->errors++;
		return;
	}
	after = s->step;
	change = s->result - place->result;
	sum -= calls * place->result;
	with = sum / change;
	if (with * change != sum || with < 0 || with > calls) {
		me->errors++;
		return;
	}
	me->with += with;
	me->without += calls - with;
	if (before != after)
		return;
	if (before % 4 == ON)
		me->lost += calls - with;
	else if (before % 4 == OFF)
		me->stray += with;
	me->seen = before;
}

static void start_callers(struct stress *s, const struct place *place)
{
	char line[64];
	struct caller *me;
	cpu_set_t all, one;
	int cpu;

	snprintf(line, sizeof(line), "time %d %s", BATCH, place->call);
	sched_getaffinity(0, sizeof(all), &all);
	for (cpu = 0; cpu < MAX_CPUS; cpu++) {
		if (!CPU_ISSET(cpu, &all))
			continue;
		me = &s->caller[s->callers++];
		if (fork())
			continue;
		CPU_ZERO(&one);
		CPU_SET(cpu, &one);
		sched_setaffinity(0, sizeof(one), &one);
		while (!s->stop)
			call_once(s, me, place, line);
		_exit(0);
	}
}

/* Until every CPU has called the function within this step. */
static bool all_have_called(struct stress *s)
{
	unsigned int i, waited;

	for (i = 0; i < s->callers; i++)
		for (waited = 0; s->caller[i].seen != s->step; waited++) {
			if (waited > PATIENCE * 1000)
				return false;
			usleep(1000);
		}
	return true;
}

struct count {
	long long runs, errors;
	int jumps;
};

static void attach_and_detach(struct stress *s, const struct place *place, unsigned int round, struct count *count)
{
	const struct action *action = &place->action[round % place->actions];
	struct probe probe = place->probe;
	struct outcome outcome;
	struct rule rule;

	probe.at_return = action->at_return;
	if (rule_load(&rule, &action->request, 0)) {
		count->errors++;
		return;
	}
	s->result = action->result;
	s->step++;
	count->errors += !!rule_attach(&rule, &probe);
	s->step++;
	count->errors += !all_have_called(s);
	if (place->optimised && round % 10 == 0)
		count->jumps += becomes_jump(&probe);
	s->step++;
	close(rule.event);
	rule.event = -1;
	s->step++;
	outcome = rule_outcome(&rule);
	count->runs += outcome.runs;
	count->errors += outcome.answer != 0;
	rule_close(&rule);
	count->errors += !all_have_called(s);
}

static void stress(const struct place *place, unsigned int rounds)
{
	struct stress *s = mmap(NULL, sizeof(*s), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	struct caller all = {};
	struct count count = {};
	unsigned int i;

	s->step = 4 + OFF;
	s->result = place->action[0].result;
	start_callers(s, place);
	for (i = 0; i < rounds; i++)
		attach_and_detach(s, place, i, &count);
	s->stop = true;
	while (wait(NULL) > 0)
		;
	for (i = 0; i < s->callers; i++) {
		all.with += s->caller[i].with;
		all.without += s->caller[i].without;
		all.lost += s->caller[i].lost;
		all.stray += s->caller[i].stray;
		count.errors += s->caller[i].errors;
	}
	check(!all.lost && !all.stray && !count.errors && all.with && all.without && all.with == count.runs &&
	      !place->optimised == !count.jumps,
	      "stress: %u rounds at %s on %u CPUs: %lld calls with the rule, which ran %lld times, %lld without it: "
	      "%lld lost, %lld stray, %lld errors%s", rounds, place->name, s->callers, all.with, count.runs, all.without,
	      all.lost, all.stray, count.errors, place->optimised && !count.jumps ? ", never a jump" : "");
	munmap(s, sizeof(*s));
}

static bool can_be_probed(struct probe probe)
{
	struct request request = REQUEST(1, VALUE(ARG0, 1));
	struct rule rule;
	bool can = !rule_load(&rule, &request, 0) && !rule_attach(&rule, &probe);

	rule_close(&rule);
	return can;
}

void stress_tests(unsigned int rounds)
{
	const struct place traced = {
		"an ftrace entry", ON("count"), "count 1", 1, .actions = 4, .action = {
			{ REQUEST(2, VALUE(RESULT, 3)), .result = 3 },
			{ REQUEST(1, VALUE(ARG0, 3)), .result = 3 },
			{ REQUEST(1, VALUE(RESULT, 4)), .at_return = true, .result = 4 },
			{ REQUEST(4, VALUE(PC, kernel_address("regsh_target_one"))), .result = 2 },
		} };
	const struct place untraced = {
		"a breakpoint entry", ON("untraced"), "untraced 1", 2, .actions = 3, .action = {
			{ REQUEST(2, VALUE(RESULT, 50)), .result = 50 },
			{ REQUEST(1, VALUE(ARG0, 49)), .result = 50 },
			{ REQUEST(4, VALUE(PC, kernel_address("regsh_target_mid"))), .result = 7 },
		} };
	struct place inside = {
		"a breakpoint inside", ON("mid", .offset = target("mid_offset")), "mid 1", 7, .actions = 1, .action = {
			{ REQUEST(1, VALUE(RESULT, 100)), .result = 105 },
		} };
	bool entries = can_be_probed(untraced.probe);

	/* Half of them where most rules are. */
	stress(&traced, rounds - rounds / 2);
	rounds = rounds / 2 / (1 + entries + has_jumps());
	write_file("/proc/sys/debug/kprobes-optimization", "0");
	if (entries)
		stress(&untraced, rounds);
	else
		skip("stress: a breakpoint entry", "needs CONFIG_KPROBE_EVENTS_ON_NOTRACE");
	stress(&inside, rounds);
	write_file("/proc/sys/debug/kprobes-optimization", "1");
	if (!has_jumps()) {
		skip("stress: a jump inside", "this kernel makes no probe one");
		return;
	}
	inside.name = "a jump inside";
	inside.optimised = true;
	stress(&inside, rounds);
}
