// SPDX-License-Identifier: GPL-2.0-only
/* Every flag and every refusal of the kfuncs, on the target module's functions. Prints TAP; exit 1 if anything failed. */
#define _GNU_SOURCE
#include <errno.h>
#include <linux/bpf.h>
#include <linux/capability.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>
#include "selftest.h"

#define LEVEL "/sys/module/regs_override/parameters/level"
#define LIST "/sys/kernel/debug/regs_override/list"
#define V(s, v) { .slot = (s), .value = (v) }

static int tests, failures;

static void ok(bool good, const char *what, int64_t got, int64_t wanted)
{
	printf("%s %d - %s", good ? "ok" : "not ok", ++tests, what);
	if (!good)
		printf(" (got %ld, wanted %ld)", got, wanted);
	printf("\n");
	fflush(stdout);
	failures += !good;
}

static void is(const char *what, int64_t got, int64_t wanted)
{
	ok(got == wanted, what, got, wanted);
}

/* One program on one place of a kernel function: what the kfunc answered and what the target's call came to. */
static void hit(const char *what, const char *function, uint64_t where, bool returning, const struct call *call,
		const char *line, int64_t answer, int64_t result)
{
	struct program p;
	char text[160];
	int64_t got;
	int fd, err = program_load(&p, call);

	if (err) {
		ok(false, what, err, 0);
		return;
	}
	fd = kprobe(&p, function, where, returning);
	got = target(line);
	snprintf(text, sizeof(text), "%s: answer", what);
	ok(fd >= 0 && p.seen->hits > 0 && p.seen->result == answer, text, p.seen->hits ? p.seen->result : -9999, answer);
	snprintf(text, sizeof(text), "%s: result", what);
	is(text, got, result);
	close(fd);
	program_close(&p);
}

#define HIT(what, function, line, answer, result, ...) do { \
	struct call c_ = { __VA_ARGS__ }; \
	hit(what, function, 0, false, &c_, line, answer, result); \
} while (0)
#define AT(what, function, off, ret, line, answer, result, ...) do { \
	struct call c_ = { __VA_ARGS__ }; \
	hit(what, function, off, ret, &c_, line, answer, result); \
} while (0)
#define SUM "regsh_target_sum"
#define CALL_SUM "sum 1 2 3"

static void arguments(void)
{
	int slot;

	HIT("one argument", SUM, CALL_SUM, 0, 15, .flags = 1, .n = 1, .vals = { V(DI, 10) });
	HIT("three arguments", SUM, CALL_SUM, 0, 60, .flags = 1, .n = 3, .vals = { V(DI, 10), V(SI, 20), V(DX, 30) });
	HIT("arguments 4 to 6", "regsh_target_six", "six 0 0 0 0 0 0", 0, 320, .flags = 1, .n = 3,
	    .vals = { V(CX, 10), V(R8, 20), V(R9, 30) });
	HIT("the last of two values for a slot wins", SUM, CALL_SUM, 0, 25, .flags = 1, .n = 2, .vals = { V(DI, 10), V(DI, 20) });
	HIT("negative argument", "regsh_target_s32", "s32 1 2", 0, -3, .flags = 1, .n = 1, .vals = { V(DI, -1) });
	HIT("a pointer of NULL", "regsh_target_struct", "struct 1 2 3", 0, -EINVAL, .flags = 1, .n = 1, .vals = { V(DI, 0) });
	for (slot = R15; slot <= DI; slot++) {
		char what[40];

		snprintf(what, sizeof(what), "slot %d keeps its value", slot);
		HIT(what, SUM, CALL_SUM, slot == R11 ? -EOPNOTSUPP : 0, 6, .flags = 1, .n = 1, .keep = true, .vals = { V(slot, 0) });
	}
	AT("inside a function", "regsh_target_mid", 6, false, "mid 1", 0, 105, .flags = 1, .n = 1, .vals = { V(AX, 100) });
	AT("r11 at a breakpoint", "regsh_target_mid", 6, false, "mid 1", 0, 7, .flags = 1, .n = 1, .vals = { V(R11, 1) });
}

static void skipping(void)
{
	HIT("return value", SUM, CALL_SUM, 0, -12, .flags = 2, .n = 1, .vals = { V(AX, -12) });
	HIT("arguments and return value", SUM, CALL_SUM, 0, 77, .flags = 3, .n = 2, .vals = { V(DI, 5), V(AX, 77) });
	HIT("a void function", "regsh_target_store", "store 5", 0, 0, .flags = 2, .n = 1, .vals = { V(AX, 1) });
	HIT("a sleeping function", "regsh_target_sleep", "sleep 60000", 0, 9, .flags = 2, .n = 1, .vals = { V(AX, 9) });
	HIT("a recursive function", "regsh_target_factorial", "factorial 5", 0, 3, .flags = 2, .n = 1, .vals = { V(AX, 3) });
	HIT("an errno", "regsh_target_open", "open 1", 0, -ENOMEM, .flags = 2, .n = 1, .vals = { V(AX, -ENOMEM) });
	HIT("a NULL pointer", "regsh_target_find", "find 7", 0, 0, .flags = 2, .n = 1, .vals = { V(AX, 0) });
	HIT("a callee of a callee", "regsh_target_inner", "outer 1", 0, 111, .flags = 2, .n = 1, .vals = { V(AX, 1) });
	AT("skip inside a function", "regsh_target_mid", 6, false, "mid 1", -EOPNOTSUPP, 7, .flags = 2, .n = 1, .vals = { V(AX, 1) });
	AT("a twin by its address", NULL, symbol("regsh_target_first_twin"), false, "first_twin 1", 0, 5,
	   .flags = 2, .n = 1, .vals = { V(AX, 5) });
}

static void redirecting(void)
{
	uint64_t other = symbol("regsh_target_other");

	HIT("goto", SUM, CALL_SUM, 0, 123, .flags = 4, .n = 1, .vals = { V(IP, other) });
	HIT("goto behind an entry", SUM, CALL_SUM, -EINVAL, 6, .flags = 4, .n = 1, .vals = { V(IP, other + 1) });
	HIT("goto data", SUM, CALL_SUM, -EINVAL, 6, .flags = 4, .n = 1, .vals = { V(IP, symbol("init_task")) });
	HIT("goto 0", SUM, CALL_SUM, -EINVAL, 6, .flags = 4, .n = 1, .vals = { V(IP, 0) });
	HIT("goto a user address", SUM, CALL_SUM, -EINVAL, 6, .flags = 4, .n = 1, .vals = { V(IP, (uintptr_t)redirecting) });
	HIT("goto a non-canonical address", SUM, CALL_SUM, -EINVAL, 6, .flags = 4, .n = 1, .vals = { V(IP, 1ULL << 63) });
	HIT("goto in another slot", SUM, CALL_SUM, -EINVAL, 6, .flags = 4, .n = 1, .vals = { V(AX, other) });
	HIT("goto with two values", SUM, CALL_SUM, -EINVAL, 6, .flags = 4, .n = 2, .vals = { V(IP, other), V(IP, other) });
	AT("goto from inside", "regsh_target_mid", 6, false, "mid 1", -EOPNOTSUPP, 7, .flags = 4, .n = 1, .vals = { V(IP, other) });
}

static void returning(void)
{
	AT("return probe", SUM, 0, true, CALL_SUM, 0, 99, .flags = 1, .n = 1, .vals = { V(AX, 99) });
	AT("skip in a return probe", SUM, 0, true, CALL_SUM, -EOPNOTSUPP, 6, .flags = 2, .n = 1, .vals = { V(AX, 9) });
	AT("goto in a return probe", SUM, 0, true, CALL_SUM, -EOPNOTSUPP, 6, .flags = 4, .n = 1,
	   .vals = { V(IP, symbol("regsh_target_other")) });
	AT("return probe, recursive", "regsh_target_factorial", 0, true, "factorial 5", 0, 4, .flags = 1, .n = 1, .vals = { V(AX, 4) });
}

static void bad_values(void)
{
	static const uint64_t flags[] = { 0, 5, 6, 7, 8, 1ULL << 32, (1ULL << 32) + 1 };
	char what[64];
	size_t i;

	for (i = ORIG_AX; i <= SLOTS; i++) {
		snprintf(what, sizeof(what), "slot %zu is refused", i);
		HIT(what, SUM, CALL_SUM, -EINVAL, 6, .flags = 1, .n = 2, .vals = { V(DI, 50), V(i, 1) });
	}
	for (i = 0; i < sizeof(flags) / sizeof(*flags); i++) {
		snprintf(what, sizeof(what), "flags %#lx are refused", flags[i]);
		HIT(what, SUM, CALL_SUM, -EINVAL, 6, .flags = flags[i], .n = 1, .vals = { V(AX, 1) });
	}
	HIT("size 0", SUM, CALL_SUM, -EINVAL, 6, .flags = 1, .n = 1, .size = SIZE_ZERO, .vals = { V(DI, 1) });
	HIT("size 8", SUM, CALL_SUM, -EINVAL, 6, .flags = 1, .n = 1, .size = 8, .vals = { V(DI, 1) });
	HIT("size 24", SUM, CALL_SUM, -EINVAL, 6, .flags = 1, .n = 1, .size = 24, .vals = { V(DI, 1) });
	HIT("reserved is not 0", SUM, CALL_SUM, -EINVAL, 6, .flags = 1, .n = 2, .vals = { V(DI, 1), { DI, 1, 1 } });
	HIT("skip without a result", SUM, CALL_SUM, -EINVAL, 6, .flags = 2, .n = 1, .vals = { V(DI, 1) });
	HIT("skip with arguments only", SUM, CALL_SUM, -EINVAL, 6, .flags = 3, .n = 1, .vals = { V(DI, 1) });
	HIT("skip with more than a result", SUM, CALL_SUM, -EINVAL, 6, .flags = 2, .n = 2, .vals = { V(AX, 1), V(DI, 1) });
}

/* A breakpoint at the entry can skip; once the kernel made it a jump it cannot, and has to say so. */
static void optimised(void)
{
	struct call call = { .flags = 2, .n = 1, .vals = { V(AX, 42) } };
	const char *sysctl = "/proc/sys/debug/kprobes-optimization";
	struct program p;
	int fd, tries = 50;

	put(sysctl, "0");
	hit("breakpoint at an entry", "regsh_target_mid", 0, false, &call, "mid 1", 0, 42);
	put(sysctl, "1");
	if (program_load(&p, &call))
		return;
	fd = kprobe(&p, "regsh_target_mid", 0, false);
	do {
		usleep(100000);
		target("mid 1");
	} while (!p.seen->result && --tries);
	is("jump-optimised probe: answer", p.seen->result, -EOPNOTSUPP);
	is("jump-optimised probe: result", target("mid 1"), 7);
	close(fd);
	program_close(&p);
}

static void levels(void)
{
	struct call call = { .flags = 2, .n = 1, .vals = { V(AX, 42) } };
	struct program p;
	int fd;

	program_load(&p, &call);
	fd = kprobe(&p, SUM, 0, false);
	is("level 2", target(CALL_SUM), 42);
	put(LEVEL, "0");
	is("level 0 stops an attached program", target(CALL_SUM), 6);
	is("level 0: EPERM", p.seen->result, -EPERM);
	put(LEVEL, "1");
	is("level 1 without a list", target(CALL_SUM), 6);
	is("level 1: EPERM", p.seen->result, -EPERM);
	is("list takes a name", put(LIST, SUM "\n"), 0);
	is("level 1, listed", target(CALL_SUM), 42);
	is("list removes a name", put(LIST, "-" SUM "\n"), 0);
	is("level 1, not listed any more", target(CALL_SUM), 6);
	is("list refuses an unknown removal", put(LIST, "-" SUM "\n"), -ENOENT);
	put(LIST, "btrfs:" SUM "\n");
	is("level 1, listed for another module", target(CALL_SUM), 6);
	put(LIST, "vfs_read\nregsh_target:" SUM "\n");
	is("level 1, listed for its module", target(CALL_SUM), 42);
	put(LIST, "-vfs_read\n-btrfs:" SUM "\n-regsh_target:" SUM "\n");
	is("level 3 does not exist", put(LEVEL, "3"), -EINVAL);
	is("level -1 does not exist", put(LEVEL, "-1"), -EINVAL);
	put(LEVEL, "2");
	is("level 2 again", target(CALL_SUM), 42);
	is("the module stays while a program is loaded", rmmod("regs_override") < 0, true);
	close(fd);
	program_close(&p);
}

static int load_without(int capability)
{
	struct __user_cap_header_struct header = { .version = _LINUX_CAPABILITY_VERSION_3 };
	struct __user_cap_data_struct caps[2];
	struct call call = { .flags = 2, .n = 1, .vals = { V(AX, 42) } };
	struct program p;
	int status;
	pid_t pid = fork();

	if (!pid) {
		syscall(SYS_capget, &header, caps);
		caps[capability / 32].effective &= ~(1U << capability % 32);
		syscall(SYS_capset, &header, caps);
		_exit(program_load(&p, &call) ? 1 : 0);
	}
	waitpid(pid, &status, 0);
	return WEXITSTATUS(status);
}

static void loading(void)
{
	struct call multi = { .flags = 1, .n = 1, .vals = { V(AX, 1) }, .attach_type = BPF_TRACE_KPROBE_MULTI };
	struct call type = { .flags = 1, .n = 1, .vals = { V(AX, 1) }, .type = BPF_PROG_TYPE_PERF_EVENT };
	struct program p;

	is("loads with every capability", load_without(63), 0);
	is("does not load without CAP_SYS_ADMIN", load_without(CAP_SYS_ADMIN), 1);
	ok(program_load(&p, &multi) < 0, "does not load for kprobe.multi", 0, -1);
	ok(program_load(&p, &type) < 0, "does not load in a perf_event program", 0, -1);
}

__attribute__((noipa)) static long victim(long a, long b)
{
	return a * 10 + b;
}

__attribute__((noipa)) static long other_victim(long a, long b)
{
	return a - b;
}

static void user_hit(const char *what, bool returning, const struct call *call, int64_t answer, int64_t result)
{
	struct program p;
	char text[160];
	int64_t got;
	int fd;

	if (program_load(&p, call))
		return;
	fd = uprobe(&p, victim, returning);
	got = victim(1, 2);
	snprintf(text, sizeof(text), "%s: answer", what);
	ok(fd >= 0 && p.seen->hits == 1 && p.seen->result == answer, text, p.seen->hits ? p.seen->result : -9999, answer);
	snprintf(text, sizeof(text), "%s: result", what);
	is(text, got, result);
	close(fd);
	program_close(&p);
}

/* Whether this kernel keeps an ip that a uprobe program changed decides what the module may promise. */
static void user(bool ip_is_kept)
{
	struct call arg = { .flags = 1, .n = 2, .vals = { V(DI, 5), V(SI, 6) } };
	struct call skip = { .flags = 2, .n = 1, .vals = { V(AX, -7) } };
	struct call go = { .flags = 4, .n = 1, .vals = { V(IP, (uintptr_t)other_victim) } };
	struct call nowhere = { .flags = 4, .n = 1, .vals = { V(IP, 1ULL << 63) } };
	struct call result = { .flags = 1, .n = 1, .vals = { V(AX, 33) } };
	struct call stack = { .flags = 1, .n = 1, .vals = { V(SP, 33) } };
	int refused = ip_is_kept ? 0 : -EOPNOTSUPP;

	user_hit("uprobe arguments", false, &arg, 0, 56);
	user_hit("uprobe stack pointer", false, &stack, -EINVAL, 12);
	user_hit("uprobe skip", false, &skip, refused, ip_is_kept ? -7 : 12);
	user_hit("uprobe goto", false, &go, refused, ip_is_kept ? -1 : 12);
	user_hit("uprobe goto nowhere", false, &nowhere, ip_is_kept ? -EINVAL : -EOPNOTSUPP, 12);
	user_hit("uretprobe result", true, &result, 0, 33);
	user_hit("uretprobe skip", true, &skip, -EOPNOTSUPP, 12);
	user_hit("uretprobe goto", true, &go, -EOPNOTSUPP, 12);
}

static void store(const char *what, int slot, uint64_t at, uint64_t value, int size, uint64_t flags, int64_t answer, int64_t result)
{
	struct program p;
	char text[160];
	int64_t got;
	int fd, err = program_load_store(&p, slot, at, value, size, flags);

	if (err) {
		ok(false, what, err, 0);
		return;
	}
	fd = kprobe(&p, "regsh_target_deref", 0, false);
	got = target("deref 4000000000");
	snprintf(text, sizeof(text), "%s: answer", what);
	ok(fd >= 0 && p.seen->hits > 0 && p.seen->result == answer, text, p.seen->hits ? p.seen->result : -9999, answer);
	snprintf(text, sizeof(text), "%s: result", what);
	is(text, got, result);
	close(fd);
	program_close(&p);
}

static void memory(void)
{
	store("store of 8 bytes", DI, 0, 77, 8, 0, 0, 77);
	store("store of 1 byte", DI, 0, 0xff, 1, 0, 0, 4000000255);
	store("store of 3 bytes", DI, 0, 1, 3, 0, -EINVAL, 4000000000);
	store("store with flags", DI, 0, 1, 8, 1, -EINVAL, 4000000000);
	store("store to text", SLOTS, symbol("vfs_read"), 1, 8, 0, -EFAULT, 4000000000);
	store("store to a module's text", SLOTS, symbol("regsh_target_sum"), 1, 8, 0, -EFAULT, 4000000000);
	store("store to rodata", SLOTS, symbol("linux_banner"), 1, 8, 0, -EFAULT, 4000000000);
	store("store to NULL", SLOTS, 0, 1, 8, 0, -EFAULT, 4000000000);
	store("store to a non-canonical address", SLOTS, 1ULL << 63, 1, 8, 0, -EFAULT, 4000000000);
	store("store, misaligned", SLOTS, symbol("linux_banner") + 1, 1, 8, 0, -EINVAL, 4000000000);
	put(LEVEL, "1");
	store("store at level 1", DI, 0, 77, 8, 0, -EPERM, 4000000000);
	put(LEVEL, "2");
}

static volatile bool stop;

static void *stress(void *unused)
{
	char text[128];
	long low = 0, high = 0, wrong = 0;

	(void)unused;
	while (!stop) {
		if (target_text("stress 2000 count 1", text, sizeof(text)) < 0 ||
		    sscanf(text, "calls=%*u sum=%*d min=%ld max=%ld", &low, &high) != 2)
			wrong++;
		wrong += (low != 1 && low != 5) || (high != 1 && high != 5);
	}
	return (void *)wrong;
}

static void concurrency(int rounds)
{
	struct call call = { .flags = 2, .n = 1, .vals = { V(AX, 5) } };
	pthread_t thread;
	struct program p;
	char text[128];
	long calls = 0, sum = 0;
	void *wrong;
	int fd, i;

	pthread_create(&thread, NULL, stress, NULL);
	for (i = 0; i < rounds; i++) {
		if (program_load(&p, &call))
			break;
		fd = kprobe(&p, "regsh_target_count", 0, false);
		usleep(3000);
		close(fd);
		program_close(&p);
	}
	stop = true;
	pthread_join(thread, &wrong);
	is("attach and detach under load: rounds", i, rounds);
	is("attach and detach under load: wrong results", (long)wrong, 0);
	program_load(&p, &call);
	fd = kprobe(&p, "regsh_target_count", 0, false);
	target_text("stress 5000 count 1", text, sizeof(text));
	sscanf(text, "calls=%ld sum=%ld", &calls, &sum);
	is("every call on every CPU is overridden", sum, 5 * calls);
	is("and counted", p.seen->hits, calls);
	close(fd);
	program_close(&p);
	is("nothing is left", target("count 1"), 1);
}

int main(int argc, char **argv)
{
	kfuncs_find();
	arguments();
	skipping();
	redirecting();
	returning();
	bad_values();
	optimised();
	levels();
	loading();
	user(argc > 2 && !strcmp(argv[2], "ip-is-kept"));
	memory();
	concurrency(argc > 1 ? atoi(argv[1]) : 50);
	printf("1..%d\n", tests);
	return failures != 0;
}
