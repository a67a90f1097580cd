// SPDX-License-Identifier: Apache-2.0
/*
 * override-args: calls regsh_target_sum(1, 2, 3) before, while a BPF program changes its second argument, its return value
 * or both, and after. Needs root, regsh_target.ko, and bpf_override_regs() from our kernel patches or regs_override.ko.
 * Exit status: 0 every result is the expected one, 1 one is not, 3 the kernel lacks something.
 */
#include <bpf/libbpf.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include "engine.h"
#include "override_args.h"
#include "override_args.skel.h"

#define FUNCTION "regsh_target_sum"
#define CALLS "/sys/kernel/debug/regsh_target/call"

/* regsh_target_sum(1, 2, 3), called by the kernel for us. */
static long call_target(void)
{
	char text[64] = "";
	int fd = open(CALLS, O_RDWR);

	if (fd < 0 || write(fd, "sum 1 2 3", 9) < 0 || pread(fd, text, sizeof(text) - 1, 0) < 0)
		perror(CALLS);
	if (fd >= 0)
		close(fd);
	return atol(text);
}

static bool show(const char *what, long expected)
{
	long seen = call_target();

	printf("%-28s %s(1, 2, 3) = %ld%s\n", what, FUNCTION, seen, seen == expected ? "" : "  (unexpected)");
	return seen == expected;
}

static int with(struct bpf_program *program, const char *what, long expected, bool *good)
{
	struct bpf_link *link = bpf_program__attach_kprobe(program, false, FUNCTION);

	if (!link) {
		fprintf(stderr, "override-args: cannot attach to %s: %s\n", FUNCTION, strerror(errno));
		return 3;
	}
	*good &= show(what, expected);
	bpf_link__destroy(link);
	return 0;
}

int main(void)
{
	struct override_args_bpf *skeleton;
	struct bpf_program *args, *forced, *both;
	int helper, status = 3;
	bool good;

	if (access(CALLS, R_OK | W_OK)) {
		fprintf(stderr, "override-args: %s: %s (root, and modprobe regsh_target?)\n", CALLS, strerror(errno));
		return 3;
	}
	skeleton = override_args_bpf__open();
	if (!skeleton) {
		fprintf(stderr, "override-args: cannot open the BPF object: %s\n", strerror(errno));
		return 3;
	}
	helper = helper_number();
	args = helper ? skeleton->progs.helper_args : skeleton->progs.kfunc_args;
	forced = helper ? skeleton->progs.helper_return : skeleton->progs.kfunc_return;
	both = helper ? skeleton->progs.helper_both : skeleton->progs.kfunc_both;
	if (choose_program(args, helper) || choose_program(forced, helper) || choose_program(both, helper)) {
		fprintf(stderr, "override-args: cannot prepare the programs: %s\n", strerror(errno));
		goto out;
	}
	if (override_args_bpf__load(skeleton)) {
		fprintf(stderr, "override-args: the kernel refuses the programs: %s (%s)\n", strerror(errno),
			helper ? "helper" : "modprobe regs_override?");
		goto out;
	}
	printf("bpf_override_regs() is a %s here\n", helper ? "helper" : "kfunc");
	good = show("before", 6);
	status = with(args, "second argument set to 40", 44, &good);
	if (!status)
		status = with(forced, "return value forced to -12", NEW_RETURN, &good);
	if (!status)
		status = with(both, "both", NEW_RETURN, &good);
	if (!status) {
		good &= show("after", 6);
		status = !good;
	}
out:
	override_args_bpf__destroy(skeleton);
	return status;
}
