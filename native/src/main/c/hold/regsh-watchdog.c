// SPDX-License-Identifier: Apache-2.0
/*
 * regsh-watchdog PID: watches over the session of that process, from outside it: a rule of its own may have made it hang, and
 * the kernel may be unable to let go of a rule whose owner is gone. Descriptor 3 is the session's map of counters, 4 leads to
 * the session. Every second it asks the session for an answer and moves on the time until which the session's rules act. When
 * the session does not answer, it disarms them, and ends the session if that does not help; when the session has ended, it
 * disarms whatever is still attached. When both are gone, nobody moves the time on: the rules see that they are out of it.
 *
 * It has the map and no program of a rule, so it keeps none alive; no rule ever hits it (CounterLayout.WATCHDOG).
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <linux/bpf.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>
#include "../watchdog.h"

#define MAP 3
#define SESSION 4
#define BEAT_MS 1000
/* Beats without an answer until the rules are disarmed, and again until the session is ended. */
#define PATIENCE 10
/* What a rule acts beyond the last beat: more than PATIENCE, so that the session hangs first, and is told. */
#define LEASE_S 12
/* A beat that is so late says that the machine stood still, not the session. */
#define LATE_MS 500

/* A rule's block in the map; as dev.regsh.bpf.program.CounterLayout has it. */
struct block {
	__u64 armed, hits, fired, errors, until, taken, deadline;
	__u32 session, watchdog;
	__u64 dropped, rule, last_error, leased, unused[4];
};

_Static_assert(sizeof(struct block) == 128, "as in CounterLayout");

/* The rules' blocks; behind them one of the watchdog's own: until, watchdog, and in errors how often it has disarmed all. */
static struct block *blocks, *own;
static __u32 count;
static pid_t session;
static int session_fd, clock_program, clock_map;

static long bpf(int command, union bpf_attr *attr)
{
	return syscall(SYS_bpf, command, attr, sizeof(*attr));
}

static __u64 now_ms(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000ULL + time.tv_nsec / 1000000;
}

/* To the kernel's log, and to where the session's messages go, if that takes it at once. */
static void say(const char *what)
{
	char line[256], path[64];
	int length, fd = open("/dev/kmsg", O_WRONLY | O_CLOEXEC);

	length = snprintf(line, sizeof(line), "<4>regsh-watchdog: session %d %s\n", session, what);
	if (fd >= 0) {
		if (write(fd, line, length) < 0)
			length = 0;
		close(fd);
	}
	snprintf(path, sizeof(path), "/proc/%d/fd/2", session);
	fd = open(path, O_WRONLY | O_APPEND | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
	if (fd >= 0) {
		/* While a line is read the terminal does not return by itself. */
		length = snprintf(line, sizeof(line), "regsh: this session %s%s\n", what, isatty(fd) ? "\r" : "");
		if (write(fd, line, length) < 0)
			length = 0;
		close(fd);
	}
}

static int map_blocks(void)
{
	struct bpf_map_info info = {};
	union bpf_attr attr = { .info = { .bpf_fd = MAP, .info_len = sizeof(info), .info = (__u64)(unsigned long)&info } };

	if (bpf(BPF_OBJ_GET_INFO_BY_FD, &attr))
		return -1;
	count = info.value_size / sizeof(struct block) - 1;
	blocks = mmap(NULL, info.value_size, PROT_READ | PROT_WRITE, MAP_SHARED, MAP, 0);
	own = blocks + count;
	return blocks == MAP_FAILED ? -1 : 0;
}

/* What time rules have: a program that takes down jiffies and gives the number that rules know this process by. */
static int load_clock(void)
{
	const struct bpf_insn program[] = {
		{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_jiffies64 },
		{ .code = BPF_LD | BPF_DW | BPF_IMM, .dst_reg = BPF_REG_1, .src_reg = BPF_PSEUDO_MAP_VALUE, .imm = clock_map },
		{ .code = 0 },
		{ .code = BPF_STX | BPF_MEM | BPF_DW, .dst_reg = BPF_REG_1, .src_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_CALL, .imm = BPF_FUNC_get_current_pid_tgid },
		{ .code = BPF_ALU64 | BPF_RSH | BPF_K, .dst_reg = BPF_REG_0, .imm = 32 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	union bpf_attr attr = { .prog_type = BPF_PROG_TYPE_RAW_TRACEPOINT, .license = (__u64)(unsigned long)"GPL",
		.insns = (__u64)(unsigned long)program, .insn_cnt = sizeof(program) / sizeof(program[0]) };

	strcpy(attr.prog_name, "watchdog_clock");
	clock_program = bpf(BPF_PROG_LOAD, &attr);
	return clock_program < 0 ? -1 : 0;
}

static int make_clock(void)
{
	union bpf_attr attr = { .map_type = BPF_MAP_TYPE_ARRAY, .key_size = 4, .value_size = 8, .max_entries = 1 };

	strcpy(attr.map_name, "watchdog_clock");
	clock_map = bpf(BPF_MAP_CREATE, &attr);
	return clock_map < 0 ? -1 : load_clock();
}

/* @self this process, as rules know it */
static __u64 jiffies(__u32 *self)
{
	__u32 key = 0;
	__u64 value = 0;
	union bpf_attr run = { .test = { .prog_fd = clock_program } };
	union bpf_attr look = { .map_fd = clock_map, .key = (__u64)(unsigned long)&key, .value = (__u64)(unsigned long)&value };

	if (bpf(BPF_PROG_TEST_RUN, &run) || bpf(BPF_MAP_LOOKUP_ELEM, &look))
		return 0;
	if (self)
		*self = run.test.retval;
	return value;
}

/* The length of a tick: the resolution of the coarse clocks. */
static __u64 ticks(__u64 seconds)
{
	struct timespec tick;

	clock_getres(CLOCK_MONOTONIC_COARSE, &tick);
	return seconds * 1000000000ULL / tick.tv_nsec;
}

static void renew(__u32 *self)
{
	__u64 time = jiffies(self), until = time + ticks(LEASE_S);
	__u32 i;

	if (!time)
		return;
	__atomic_store_n(&own->until, until, __ATOMIC_SEQ_CST);
	for (i = 0; i < count; i++) {
		__u64 before = __atomic_load_n(&blocks[i].until, __ATOMIC_SEQ_CST);

		/* A rule that is being kept first leaves the lease, then gets its own time: that must not be overwritten. */
		if (__atomic_load_n(&blocks[i].leased, __ATOMIC_SEQ_CST))
			__atomic_compare_exchange_n(&blocks[i].until, &before, until, 0, __ATOMIC_SEQ_CST, __ATOMIC_SEQ_CST);
	}
}

static void disarm(void)
{
	__u32 i;

	for (i = 0; i < count; i++)
		if (__atomic_load_n(&blocks[i].leased, __ATOMIC_SEQ_CST))
			__atomic_store_n(&blocks[i].armed, 0, __ATOMIC_SEQ_CST);
}

/* Nothing of the session acts any more, and whoever gets its number next is a process like any other. */
static void session_has_ended(void)
{
	__u32 i;

	disarm();
	for (i = 0; i < count; i++)
		blocks[i].session = blocks[i].watchdog = (__u32)-1;
}

/* Somebody has stopped it, or a debugger has: it need not answer. */
static int stopped(void)
{
	char path[64], text[512] = "", *state;
	int fd, got;

	snprintf(path, sizeof(path), "/proc/%d/stat", session);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	got = read(fd, text, sizeof(text) - 1);
	close(fd);
	state = got > 0 ? strrchr(text, ')') : NULL;
	return state && state[1] && (state[2] == 'T' || state[2] == 't');
}

/* One beat. 1: the session has answered, 0: it has not, -1: it has ended */
static int listen_until(__u64 end)
{
	struct pollfd from[] = { { .fd = SESSION, .events = POLLIN | POLLRDHUP }, { .fd = session_fd, .events = POLLIN } };
	char answers[64];
	int answered = 0;
	__u64 time;

	while ((time = now_ms()) < end) {
		if (poll(from, 2, end - time) <= 0)
			continue;
		if (from[1].revents || (from[0].revents & (POLLHUP | POLLRDHUP | POLLERR)))
			return -1;
		if ((from[0].revents & POLLIN) && recv(SESSION, answers, sizeof(answers), MSG_DONTWAIT) > 0)
			answered = 1;
	}
	return answered;
}

static void tell(char what)
{
	/* A session that is stopped leaves it unread: then there is no room at some time, and no need. */
	if (send(SESSION, &what, 1, MSG_DONTWAIT | MSG_NOSIGNAL) < 0)
		return;
}

static void watch(void)
{
	int silent = 0, answered = 0;

	for (;;) {
		__u64 end = now_ms() + BEAT_MS;

		if (silent < PATIENCE)
			renew(NULL);
		tell(WATCHDOG_ASKS);
		answered = listen_until(end);
		if (answered < 0)
			return;
		if (answered || now_ms() > end + LATE_MS || stopped()) {
			if (answered && silent >= PATIENCE)
				tell(WATCHDOG_HAS_DISARMED);
			if (answered || silent < PATIENCE)
				silent = 0;
		} else if (++silent == PATIENCE) {
			disarm();
			own->errors++;
			say("did not answer for 10 seconds: all its rules are disarmed");
		} else if (silent == 2 * PATIENCE) {
			say("still does not answer: it is killed");
			syscall(SYS_pidfd_send_signal, session_fd, SIGKILL, NULL, 0);
		}
	}
}

int main(int argc, char **argv)
{
	pid_t child;
	__u32 self = 0;

	if (argc != 2)
		return 2;
	session = atoi(argv[1]);
	/* Not the session's child: it is nobody's to wait for. */
	child = fork();
	if (child)
		return child < 0;
	setsid();
	if (chdir("/"))
		return 1;
	session_fd = syscall(SYS_pidfd_open, session, 0);
	if (session_fd < 0 || map_blocks() || make_clock())
		return 1;
	renew(&self);
	own->watchdog = self;
	tell(WATCHDOG_IS_READY);
	watch();
	session_has_ended();
	return 0;
}
