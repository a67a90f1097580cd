// SPDX-License-Identifier: Apache-2.0
/*
 * override-bench FUNCTION PROGRAM COMMAND [ARGUMENT...]: runs a command while a hand-written program is attached to a kernel
 * function. PROGRAM: empty, plain, counted, skip, override_return. Where a program at a probe of the kernel's can override
 * nothing, plain, counted and skip do the nearest thing: they push what they would write to a queue. Exit status: the
 * command's; 3 where the kernel lacks what the program needs.
 */
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>
#include "engine.h"
#include "override_bench.skel.h"

static int run(char **command)
{
	int status = 0;
	pid_t child = fork();

	if (!child) {
		execvp(command[0], command);
		_exit(127);
	}
	if (child < 0 || waitpid(child, &status, 0) < 0)
		return 1;
	return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}

int main(int argc, char **argv)
{
	struct override_bench_bpf *skeleton;
	struct bpf_program *program;
	struct bpf_link *link;
	int helper, status = 3;
	const char *engine;
	char name[64];

	if (argc < 4) {
		fprintf(stderr, "usage: override-bench FUNCTION PROGRAM COMMAND [ARGUMENT...]\n");
		return 2;
	}
	libbpf_set_print(NULL);
	skeleton = override_bench_bpf__open();
	if (!skeleton)
		return 3;
	helper = helper_number();
	engine = helper ? "helper" : access("/sys/kernel/btf/regs_override", F_OK) ? "aside" : "kfunc";
	snprintf(name, sizeof(name), "%s_%s", engine, argv[2]);
	program = bpf_object__find_program_by_name(skeleton->obj, name);
	if (!program)
		program = bpf_object__find_program_by_name(skeleton->obj, argv[2]);
	if (!program) {
		fprintf(stderr, "override-bench: no program '%s'\n", argv[2]);
		status = 2;
	} else if (choose_program(program, helper) || override_bench_bpf__load(skeleton)) {
		fprintf(stderr, "override-bench: the kernel refuses '%s': %s\n", argv[2], strerror(errno));
	} else {
		link = bpf_program__attach_kprobe(program, false, argv[1]);
		if (!link)
			fprintf(stderr, "override-bench: cannot attach to %s: %s\n", argv[1], strerror(errno));
		else
			status = run(argv + 3);
		bpf_link__destroy(link);
	}
	override_bench_bpf__destroy(skeleton);
	return status;
}
