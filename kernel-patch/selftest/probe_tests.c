// SPDX-License-Identifier: GPL-2.0-only
/* What only the module's own probes have: doors, attachments that live as long as a descriptor, what programs ask for. */
#include <bpf/bpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "device.h"
#include "engine.h"
#include "selftest.h"

#define ASKS(flags) (1U << (flags))

static const struct request change = REQUEST(1, VALUE(ARG0, 100));
static const struct request skip_it = REQUEST(2, VALUE(RESULT, 50));

/* A program that uses the maps and does nothing. */
static int program_with(const int *maps, int count)
{
	struct bpf_insn insn[16] = {};
	int i, at = 0;

	for (i = 0; i < count; i++, at += 2)
		insn[at] = (struct bpf_insn){ .code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = BPF_REG_1,
					      .src_reg = BPF_PSEUDO_MAP_FD, .imm = maps[i] };
	insn[at++] = (struct bpf_insn){ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 };
	insn[at++] = (struct bpf_insn){ .code = BPF_JMP | BPF_EXIT };
	return bpf_prog_load(BPF_PROG_TYPE_KPROBE, "uses_maps", "GPL", insn, at, NULL);
}

/* What the device answers to that as a door. */
static int answer_to(int kind, const int *maps, int count)
{
	struct regs_override_door door = { .size = sizeof(door), .kind = kind, .program = program_with(maps, count) };
	int err = ioctl(engine()->device, REGS_OVERRIDE_DOOR, &door) ? -errno : 0;

	close(door.program);
	return err;
}

static void doors(void)
{
	int queue = bpf_map_create(BPF_MAP_TYPE_QUEUE, "queue", 0, 16, 1, NULL);
	int stack = bpf_map_create(BPF_MAP_TYPE_STACK, "stack", 0, 16, 1, NULL);
	int array = bpf_map_create(BPF_MAP_TYPE_ARRAY, "array", 4, 16, 1, NULL);
	int both[] = { queue, array }, a_door = door(REGS_OVERRIDE_DOOR_REGS, 16);
	struct bpf_reg_value value = VALUE(ARG0, 1);
	LIBBPF_OPTS(bpf_map_create_opts, opts, .inner_map_fd = a_door);
	int outer;

	check(answer_to(REGS_OVERRIDE_DOOR_REGS, &array, 1) == -EINVAL, "doors: no array");
	check(answer_to(REGS_OVERRIDE_DOOR_REGS, &stack, 1) == -EINVAL, "doors: no stack");
	check(answer_to(REGS_OVERRIDE_DOOR_REGS, both, 2) == -EINVAL, "doors: not one of two maps");
	check(answer_to(REGS_OVERRIDE_DOOR_REGS, NULL, 0) == -EINVAL, "doors: not without a map");
	check(answer_to(0, &queue, 1) == -EINVAL && answer_to(3, &queue, 1) == -EINVAL, "doors: of two kinds");
	check(answer_to(REGS_OVERRIDE_DOOR_MEM, &queue, 1) == -EINVAL, "doors: elements of another size");
	check(!bpf_map_update_elem(queue, NULL, &value, BPF_ANY), "doors: a queue before it is one");
	check(answer_to(REGS_OVERRIDE_DOOR_REGS, &queue, 1) == 0, "doors: a queue");
	check(answer_to(REGS_OVERRIDE_DOOR_REGS, &queue, 1) == 0, "doors: the same once more");
	check(answer_to(REGS_OVERRIDE_DOOR_MEM, &queue, 1) < 0, "doors: not of the other kind");
	check(bpf_map_update_elem(queue, NULL, &value, BPF_ANY) == -EPERM, "doors: no push by a system call");
	outer = bpf_map_create(BPF_MAP_TYPE_ARRAY_OF_MAPS, "outer", 4, 4, 1, &opts);
	check(outer < 0, "doors: no model for maps in a map");
	close(outer);
	close(array);
	close(stack);
	close(queue);
}

/* What asks for overriding elsewhere than at a probe of the module's own. */
static void strangers(void)
{
	struct probe probe = ON("sum");
	struct rule rule, own;

	check(!rule_load(&rule, &change, 0) && !rule_attach_by_perf(&rule, &probe), "strangers: at a probe of the kernel's");
	check(target("sum 1 2 3") == 6 && rule_outcome(&rule).runs == 1 && rule_outcome(&rule).answer == -EPERM,
	      "strangers: refused: %lld", (long long)rule_outcome(&rule).answer);
	check(!rule_load(&own, &change, 0) && !rule_attach(&own, &probe), "strangers: and one of the module's");
	check(target("sum 1 2 3") == 105 && rule_outcome(&rule).answer == -EPERM && rule_outcome(&own).answer == 0,
	      "strangers: refused beside it");
	rule_close(&rule);
	check(target("sum 1 2 3") == 105, "strangers: gone");
	check(!rule_load(&rule, &change, 0) && !rule_attach_by_perf(&rule, &probe), "strangers: another");
	rule_close(&own);
	check(target("sum 1 2 3") == 6 && rule_outcome(&rule).runs == 1, "strangers: alone again");
	rule_close(&rule);
	check(target("sum 1 2 3") == 6, "strangers: none");
}

static void killed_owner(void)
{
	int ready[2], status;
	struct rule rule;
	pid_t owner;
	char byte;

	check(!pipe(ready), "a pipe");
	owner = fork();
	if (!owner) {
		byte = !rule_load(&rule, &change, 0) && !rule_attach(&rule, &ON("sum"));
		if (write(ready[1], &byte, 1) == 1)
			pause();
		_exit(1);
	}
	check(read(ready[0], &byte, 1) == 1 && byte && target("sum 1 2 3") == 105, "attached by another process");
	kill(owner, SIGKILL);
	waitpid(owner, &status, 0);
	check(target("sum 1 2 3") == 6, "gone when that is killed");
	close(ready[0]);
	close(ready[1]);
}

/* What attaching it for that answers, 0 or -errno; the rule stays attached. */
static int attach_for(struct rule *rule, const struct request *request, struct probe probe, __u32 asks)
{
	int err = rule_load(rule, request, 0);

	if (err)
		return err;
	rule->event = device_attach_for(rule->program, &probe, asks);
	return rule->event < 0 ? rule->event : 0;
}

static int answer_of_attach(struct probe probe, __u32 asks)
{
	struct rule rule;
	int err = attach_for(&rule, &change, probe, asks);

	rule_close(&rule);
	return err;
}

static void what_is_asked_for(void)
{
	struct probe inside = ON("mid", .offset = target("mid_offset")), result = ON("sum", .at_return = true);
	const struct request store = { .memory = true, .size = 8, .count = 2,
				       .value = { VALUE(0, kernel_address("regsh_target_value")), VALUE(0, 1) } };
	struct probe user_result = { .path = "/proc/self/exe", .offset = offset_in_file(victim), .at_return = true };
	struct rule rule;

	check(!attach_for(&rule, &skip_it, ON("sum"), ASKS(BPF_OVERRIDE_PARM)), "asks: for registers");
	check(target("sum 1 2 3") == 6 && rule_outcome(&rule).answer == -EPERM, "asks: a skip is refused: %lld",
	      (long long)rule_outcome(&rule).answer);
	rule_close(&rule);
	check(!attach_for(&rule, &change, ON("sum"), 0), "asks: for nothing");
	check(target("sum 1 2 3") == 6 && rule_outcome(&rule).answer == -EPERM, "asks: it gets nothing");
	rule_close(&rule);
	check(!attach_for(&rule, &store, ON("one"), ASKS(BPF_OVERRIDE_PARM)), "asks: for no memory");
	check(target("one 1") == 2 && rule_outcome(&rule).answer == -EPERM, "asks: a store is refused: %lld",
	      (long long)rule_outcome(&rule).answer);
	rule_close(&rule);
	check(!attach_for(&rule, &skip_it, ON("sum"), ASKS(BPF_OVERRIDE_RETURN)), "asks: for a skip");
	check(target("sum 1 2 3") == 50, "asks: it is skipped");
	rule_close(&rule);
	check(answer_of_attach(inside, ASKS(BPF_OVERRIDE_RETURN)) == -EOPNOTSUPP, "asks: no skip inside a function");
	check(answer_of_attach(inside, ASKS(BPF_OVERRIDE_PC)) == -EOPNOTSUPP, "asks: no way elsewhere inside a function");
	check(answer_of_attach(result, ASKS(BPF_OVERRIDE_RETURN)) == -EOPNOTSUPP, "asks: no skip at a return");
	check(answer_of_attach(result, ASKS(BPF_OVERRIDE_PARM)) == 0, "asks: registers at a return");
	check(answer_of_attach(user_result, ASKS(BPF_OVERRIDE_RETURN)) == -EOPNOTSUPP, "asks: no skip at the return of a user function");
	check(answer_of_attach(user_result, ASKS(BPF_OVERRIDE_PARM)) == 0, "asks: its registers");
	check(answer_of_attach(ON("sum"), 1U << 5) == -EINVAL, "asks: for what there is not");
	set_level(1);
	check(answer_of_attach(ON("sum"), REGS_OVERRIDE_ASKS_MEM) == -EPERM, "asks: level 1: no memory");
	check(answer_of_attach(ON("sum"), REGS_OVERRIDE_ASKS_MEM | ASKS(BPF_OVERRIDE_PARM)) == -EPERM, "asks: level 1: nor registers");
	set_level(0);
	check(answer_of_attach(ON("sum"), ASKS(BPF_OVERRIDE_PARM)) == -EPERM, "asks: level 0: not attached");
	check(answer_of_attach(user_result, ASKS(BPF_OVERRIDE_PARM)) == -EPERM, "asks: level 0: nor in user programs");
	check(answer_of_attach(ON("sum"), 0) == 0, "asks: level 0: one that asks for nothing is");
	set_level(2);
}

/* The breakpoint is in a child's memory as well. */
static void one_process(void)
{
	const struct request other = REQUEST(1, VALUE(ARG0, 9));
	struct probe user = { .path = "/proc/self/exe", .offset = offset_in_file(victim) };
	struct rule rule;
	int status = 0;
	pid_t child;

	check(!rule_load(&rule, &other, 0) && !rule_attach(&rule, &user), "attached to this process");
	child = fork();
	if (!child)
		_exit(victim(1, 2));
	waitpid(child, &status, 0);
	check(WIFEXITED(status) && WEXITSTATUS(status) == 12 && rule_outcome(&rule).runs == 0, "a child of it is another: %d",
	      WEXITSTATUS(status));
	check(victim(1, 2) == 92 && rule_outcome(&rule).runs == 1, "this process is hit");
	rule_close(&rule);
}

/* Where the kernel lets no program hang, the module does not either. One of these places is between two instructions. */
static void notrace(void)
{
	struct probe probe = ON("untraced");
	struct rule rule;
	int err, answer;

	for (probe.offset = 0; probe.offset < 5; probe.offset++) {
		err = rule_load(&rule, &change, 0);
		if (!err)
			err = rule_attach_by_perf(&rule, &probe);
		rule_close(&rule);
		answer = answer_of_attach(probe, ASKS(BPF_OVERRIDE_PARM));
		/* What is between two instructions is refused for that or for this. */
		check(answer == err || (answer < 0 && (STRICTER || (probe.offset && err < 0))),
		      "notrace: as the kernel has it, at +%llu: %d, and %d",
		      (unsigned long long)probe.offset, err, answer);
	}
}

static void what_is_shown(void)
{
	char path[64], text[512], wanted[64];
	struct bpf_prog_info info = {};
	__u32 len = sizeof(info);
	struct rule rule;

	check(!rule_load(&rule, &change, 0) && !rule_attach(&rule, &ON("sum")), "attached");
	bpf_obj_get_info_by_fd(rule.program, &info, &len);
	snprintf(path, sizeof(path), "/proc/self/fdinfo/%d", rule.event);
	snprintf(wanted, sizeof(wanted), "prog_id:\t%u\n", info.id);
	check(read_file(path, text, sizeof(text)) && strstr(text, "kind:\tkprobe\n") && strstr(text, wanted) &&
	      strstr(text, "function:\tregsh_target_sum"), "it shows its program and its function");
	target("time 100 sum 1 2 3");
	check(device_missed(rule.event) == 0, "it missed nothing: %lld", device_missed(rule.event));
	rule_close(&rule);
}

/* A program that leaves its cookie in the array. */
static int program_that_reads_its_cookie(int array)
{
	const struct bpf_insn insn[] = {
		{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_get_attach_cookie },
		{ .code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = BPF_REG_1, .src_reg = BPF_PSEUDO_MAP_VALUE, .imm = array },
		{},
		{ .code = BPF_STX | BPF_DW | BPF_MEM, .dst_reg = BPF_REG_1, .src_reg = BPF_REG_0 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};

	return bpf_prog_load(BPF_PROG_TYPE_KPROBE, "cookie", "GPL", insn, sizeof(insn) / sizeof(*insn), NULL);
}

/* What the program at the return of sum finds as its cookie; -errno where it cannot be attached with one. */
static long long cookie_of(int program, int array)
{
	struct regs_override_attach attach = { .size = sizeof(attach), .kind = REGS_OVERRIDE_KRETPROBE, .program = program,
					       .symbol = (unsigned long)"regsh_target_sum", .cookie = 0x123456789abLL };
	int attached = ioctl(engine()->device, REGS_OVERRIDE_ATTACH, &attach), zero = 0;
	long long found = -errno;

	if (attached < 0)
		return found;
	target("sum 1 2 3");
	bpf_map_lookup_elem(array, &zero, &found);
	close(attached);
	return found;
}

static void cookies(void)
{
	struct regs_override_info info = { .size = sizeof(info) };
	int array = bpf_map_create(BPF_MAP_TYPE_ARRAY, "array", 4, 8, 1, NULL), program;
	bool can = !ioctl(engine()->device, REGS_OVERRIDE_INFO, &info) && info.features & REGS_OVERRIDE_CAN_COOKIE;

	program = can ? program_that_reads_its_cookie(array) : program_with(&array, 1);
	check(program >= 0, "a program for a cookie loads");
	check(cookie_of(program, array) == (can ? 0x123456789abLL : -EOPNOTSUPP), "a cookie: %llx", cookie_of(program, array));
	close(program);
	close(array);
}

/* Detaches while a call is under way, whose return the rule was to change; false: it was over before. */
static bool detached_under_way(unsigned int ms, __u64 *runs, bool *unchanged)
{
	struct request result = REQUEST(1, VALUE(RESULT, 77));
	char line[32];
	struct rule rule;
	int status = 0;
	pid_t caller, ended;

	check(!rule_load(&rule, &result, 0) && !rule_attach(&rule, &ON("sleep", .at_return = true)), "at the return of a long call");
	snprintf(line, sizeof(line), "sleep %u", ms);
	caller = fork();
	if (!caller) {
		/* It would keep the rule attached. */
		close(rule.event);
		_exit(target(line) == ms);
	}
	usleep(300000);
	close(rule.event);
	rule.event = -1;
	ended = waitpid(caller, &status, WNOHANG);
	if (!ended)
		waitpid(caller, &status, 0);
	*runs = rule_outcome(&rule).runs;
	*unchanged = WIFEXITED(status) && WEXITSTATUS(status);
	rule_close(&rule);
	return !ended;
}

static void under_way(void)
{
	unsigned int ms = 1500;
	bool unchanged;
	__u64 runs;

	while (!detached_under_way(ms, &runs, &unchanged) && ms < 20000)
		ms *= 2;
	check(!runs && unchanged, "a call of %u ms that returns after that: %llu runs, its result is %s", ms, (unsigned long long)runs,
	      unchanged ? "its own" : "changed");
}

/*
 * A program that runs at a hit calls a function that is probed as well: the kernel's kprobes pass over that, and where it is a
 * uprobe that hit, the module does.
 */
static void missed(void)
{
	const struct request aside = { .flags = 2, .count = 1, .value = { VALUE(ARG0, 1) }, .queue = true };
	struct request same = REQUEST(1, VALUE(ARG0, 0));
	struct probe user = { .path = "/proc/self/exe", .offset = offset_in_file(victim) };
	struct rule pushed, kernel, in_user;

	same.keep = true;
	check(!rule_load(&pushed, &same, 0), "a program loads");
	pushed.event = device_attach_for(pushed.program, &(struct probe){ .function = "queue_stack_map_push_elem" },
					 ASKS(BPF_OVERRIDE_PARM));
	check(pushed.event >= 0, "missed: at what a push calls: %d", pushed.event);
	check(!rule_load(&kernel, &aside, 0) && !rule_attach(&kernel, &ON("sum")), "missed: a program that pushes");
	target("sum 1 2 3");
	check(rule_outcome(&kernel).runs == 1 && rule_outcome(&pushed).runs == 0 && device_missed(pushed.event) == 1,
	      "missed: within a program at a kprobe: %lld", device_missed(pushed.event));
	check(!rule_load(&in_user, &aside, 0) && !rule_attach(&in_user, &user), "missed: one that pushes in a user program");
	victim(1, 2);
	check(rule_outcome(&in_user).runs == 1 && rule_outcome(&pushed).runs == 0 && device_missed(pushed.event) == 2,
	      "missed: within a program at a uprobe: %lld", device_missed(pushed.event));
	rule_close(&in_user);
	rule_close(&kernel);
	rule_close(&pushed);
}

/* More than the module takes away at a time, at one function, and one descriptor given twice. */
static void given_back(void)
{
	enum { MANY = 70 };
	struct probe result = ON("one", .at_return = true), entry = ON("sum");
	int probes[MANY + 3], i, attached = 0, not_one = engine()->device;
	struct rule rule;

	check(!rule_load(&rule, &change, 0), "a program loads");
	for (i = 0; i < MANY; i++)
		attached += (probes[i] = device_attach_for(rule.program, &entry, ASKS(BPF_OVERRIDE_PARM))) >= 0;
	attached += (probes[MANY] = device_attach_for(rule.program, &result, ASKS(BPF_OVERRIDE_PARM))) >= 0;
	attached += (probes[MANY + 1] = device_attach_for(rule.program, &entry, ASKS(BPF_OVERRIDE_PARM))) >= 0;
	probes[MANY + 2] = probes[0];
	check(attached == MANY + 2, "given back: %d attached", attached);
	target("sum 1 2 3");
	check(rule_outcome(&rule).runs == MANY + 1, "given back: all run: %llu", (unsigned long long)rule_outcome(&rule).runs);
	check(device_detach(&not_one, 1) == -EINVAL, "given back: no descriptor of a probe");
	not_one = -1;
	check(device_detach(&not_one, 1) == -EBADF, "given back: no descriptor");
	check(device_detach(NULL, 1) == -EFAULT && device_detach(NULL, 0) == 0, "given back: nothing to read");
	check(device_detach(probes, REGS_OVERRIDE_DETACH_MOST + 1) == -EINVAL, "given back: not too many");
	/* Where the first argument and the result are in one register, that is the result. */
	check(target("sum 1 2 3") == 105 && target("one 1") == (ARG0 == RESULT ? 100 : 2), "given back: nothing is gone yet");
	check(device_detach(probes, MANY + 3) == 0, "given back: all at once");
	check(target("sum 1 2 3") == 6 && target("one 1") == 2 && rule_outcome(&rule).runs == 2 * (MANY + 1) + 1,
	      "given back: gone: %llu runs", (unsigned long long)rule_outcome(&rule).runs);
	check(device_missed(probes[0]) == 0, "given back: it still says what it missed");
	check(device_detach(probes, MANY + 3) == 0, "given back: once more");
	for (i = 0; i < MANY + 2; i++)
		close(probes[i]);
	rule_close(&rule);
}

void probe_tests(void)
{
	doors();
	strangers();
	killed_owner();
	what_is_asked_for();
	one_process();
	notrace();
	what_is_shown();
	cookies();
	missed();
	under_way();
	given_back();
}
