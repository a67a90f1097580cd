// SPDX-License-Identifier: GPL-2.0-only
/* Calls into regsh_target, by themselves and below a rule. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "engine.h"
#include "selftest.h"

#define CALL_FILE "/sys/kernel/debug/regsh_target/call"

const char *target_text(const char *line)
{
	static char text[256];
	int fd = open(CALL_FILE, O_RDWR);
	ssize_t n = -1;

	if (fd >= 0 && write(fd, line, strlen(line)) > 0)
		n = read(fd, text, sizeof(text) - 1);
	if (n < 0) {
		fprintf(stderr, "# %s: %s\n", line, strerror(errno));
		n = 0;
	}
	text[n] = 0;
	close(fd);
	return text;
}

long long target(const char *line)
{
	return strtoll(target_text(line), NULL, 10);
}

bool has_jumps(void)
{
	return !access("/proc/sys/debug/kprobes-optimization", F_OK);
}

bool becomes_jump(const struct probe *probe)
{
	unsigned long address = kernel_address(probe->function);
	int i, byte;

	/* The list of kprobes says so as soon as it is queued. */
	for (i = 0; address && i < 1000; i++) {
		byte = byte_at(address + probe->offset + JUMP_AT);
		if (byte < 0)
			return false;
		if (IS_JUMP(byte))
			return true;
		usleep(10000);
	}
	return false;
}

struct run run_target(const struct request *request, const struct probe *probe, const char *line)
{
	struct run run = {};
	struct outcome outcome;
	struct rule rule;
	int err = rule_load(&rule, request, 0);

	if (!err)
		err = rule_attach(&rule, probe);
	if (err) {
		fprintf(stderr, "# %s: %s\n", probe->function, strerror(-err));
		rule_close(&rule);
		run.answer = err;
		return run;
	}
	if (probe->jump && !becomes_jump(probe)) {
		fprintf(stderr, "# %s: never a jump\n", probe->function);
		rule_close(&rule);
		return run;
	}
	run.result = target(line);
	outcome = rule_outcome(&rule);
	run.answer = outcome.answer;
	run.runs = outcome.runs;
	memcpy(run.after, outcome.after, sizeof(run.after));
	rule_close(&rule);
	return run;
}

/* Whether the slots hold what was to be written; of a refused request, that none does which holds no such value by itself. */
static bool written(const struct request *request, const struct run *run)
{
	unsigned int i;

	for (i = 0; i < request->count; i++) {
		__u64 wanted = request->value[i].value, slot = request->value[i].slot;

		/* Its own place it may hold by itself, too. */
		if (slot > PC || (slot == PC && run->answer) || request->keep || request->memory || request->then)
			continue;
		if (!run->answer ? run->after[i] != wanted : wanted > 9 && run->after[i] == wanted)
			return false;
	}
	return true;
}

void expect_target(const char *what, struct request request, struct probe probe, const char *line, long long result,
		   long long answer)
{
	struct run run = run_target(&request, &probe, line);

	check(run.runs > 0 && run.answer == answer && run.result == result && written(&request, &run),
	      "%s: %s gives %lld, want %lld; answer %lld, want %lld; %llu runs%s", what, line, run.result, result,
	      (long long)run.answer, answer, (unsigned long long)run.runs,
	      written(&request, &run) ? "" : "; other registers written than said");
}

void expect_denied(const char *what, struct request request, struct probe probe, const char *line, long long result)
{
	struct rule rule;
	int err;

	if (!engine()->probe) {
		expect_target(what, request, probe, line, result, -EPERM);
		return;
	}
	err = rule_load(&rule, &request, 0);
	if (!err)
		err = rule_attach(&rule, &probe);
	check(err == -EPERM && target(line) == result, "%s: attached with %d, want %d", what, err, -EPERM);
	rule_close(&rule);
}
