// SPDX-License-Identifier: GPL-2.0-only
/* Carries out one line: NAME ARGS, `time N NAME ARGS`, `stress N NAME ARGS`. */
#include <linux/cpu.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/string.h>
#include "target.h"

#define MAX_REPEAT 100000000ULL

struct request {
	const struct target_call *call;
	u64 arg[TARGET_MAX_ARGS];
	u64 repeat;
};

struct tally {
	struct request *request;
	struct completion done;
	u64 calls;
	s64 sum, min, max;
};

static char *word(char **line)
{
	char *w;

	do {
		w = strsep(line, " \t\n");
	} while (w && !*w);
	return w;
}

static int number(const char *text, u64 *value)
{
	if (*text == '-')
		return kstrtos64(text, 0, (s64 *)value);
	return kstrtou64(text, 0, value);
}

static int parse_call(char *name, char **line, struct request *request)
{
	char *w;
	int n = 0, err;

	request->call = name ? target_find_call(name) : NULL;
	if (!request->call)
		return -ENOENT;
	while ((w = word(line))) {
		if (n == request->call->args)
			return -E2BIG;
		err = number(w, &request->arg[n++]);
		if (err)
			return err;
	}
	return n == request->call->args ? 0 : -EINVAL;
}

static void run_calls(struct tally *t)
{
	const struct request *r = t->request;
	u64 n;

	t->min = S64_MAX;
	t->max = S64_MIN;
	for (n = 0; n < r->repeat; n++) {
		s64 result = r->call->run(r->arg);

		t->sum += result;
		t->min = min(t->min, result);
		t->max = max(t->max, result);
		t->calls++;
		if (!(n & 0xfff)) {
			cond_resched();
			if (fatal_signal_pending(current))
				break;
		}
	}
}

static int stress_thread(void *data)
{
	struct tally *t = data;

	run_calls(t);
	complete(&t->done);
	return 0;
}

/* One thread a CPU, all at once; `repeat` calls each. */
static int stress(struct request *request, char *out, size_t size)
{
	unsigned int cpu;
	struct tally *all, total = { .min = S64_MAX, .max = S64_MIN };

	all = kcalloc(nr_cpu_ids, sizeof(*all), GFP_KERNEL);
	if (!all)
		return -ENOMEM;
	cpus_read_lock();
	for_each_online_cpu(cpu) {
		struct task_struct *task;

		all[cpu].request = request;
		init_completion(&all[cpu].done);
		task = kthread_create_on_node(stress_thread, &all[cpu], cpu_to_node(cpu), "regsh_target/%u", cpu);
		if (IS_ERR(task)) {
			all[cpu].request = NULL;
			continue;
		}
		kthread_bind(task, cpu);
		wake_up_process(task);
	}
	cpus_read_unlock();
	for_each_possible_cpu(cpu) {
		if (!all[cpu].request)
			continue;
		wait_for_completion(&all[cpu].done);
		total.calls += all[cpu].calls;
		total.sum += all[cpu].sum;
		total.min = min(total.min, all[cpu].min);
		total.max = max(total.max, all[cpu].max);
	}
	kfree(all);
	if (!total.calls)
		return -EAGAIN;
	scnprintf(out, size, "calls=%llu sum=%lld min=%lld max=%lld\n", total.calls, total.sum, total.min, total.max);
	return 0;
}

static int timed(struct request *request, char *out, size_t size)
{
	struct tally t = { .request = request };
	u64 start = ktime_get_ns();

	run_calls(&t);
	scnprintf(out, size, "calls=%llu ns=%llu sum=%lld\n", t.calls, ktime_get_ns() - start, t.sum);
	return 0;
}

int target_run(char *line, char *out, size_t size)
{
	struct request request = {};
	char *first = word(&line), *count;
	bool is_time, is_stress;
	int err;

	if (!first)
		return -EINVAL;
	is_time = !strcmp(first, "time");
	is_stress = !strcmp(first, "stress");
	if (is_time || is_stress) {
		count = word(&line);
		if (!count || kstrtou64(count, 0, &request.repeat) || !request.repeat || request.repeat > MAX_REPEAT)
			return -EINVAL;
		first = word(&line);
	}
	err = parse_call(first, &line, &request);
	if (err)
		return err;
	if (is_time)
		return timed(&request, out, size);
	if (is_stress)
		return stress(&request, out, size);
	scnprintf(out, size, "%lld\n", request.call->run(request.arg));
	return 0;
}
