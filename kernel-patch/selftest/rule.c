// SPDX-License-Identifier: GPL-2.0-only
#include "device.h"
#include "engine.h"
#include "machine.h"
#include "rule.h"
#include <bpf/bpf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <linux/perf_event.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define VALUES_AT (-(int)(MAX_VALUES * sizeof(struct bpf_reg_value)))

struct program {
	struct bpf_insn insn[512];
	size_t count;
};

static void emit(struct program *p, __u8 code, __u8 dst, __u8 src, __s16 off, __s32 imm)
{
	p->insn[p->count++] = (struct bpf_insn){ .code = code, .dst_reg = dst, .src_reg = src, .off = off, .imm = imm };
}

static void emit_wide(struct program *p, __u8 dst, __u8 src, __u64 imm)
{
	emit(p, BPF_LD | BPF_DW | BPF_IMM, dst, src, 0, (__s32)imm);
	emit(p, 0, 0, 0, 0, (__s32)(imm >> 32));
}

static void emit_map(struct program *p, __u8 dst, __u8 what, int map)
{
	emit_wide(p, dst, what, (__u32)map);
}

/* The context is in r6, the values are on the stack. */
static void emit_call(struct program *p, const struct request *r, __u32 size, __u64 flags)
{
	emit(p, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_1, BPF_REG_6, 0, 0);
	emit(p, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_2, BPF_REG_10, 0, 0);
	emit(p, BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_2, 0, 0, VALUES_AT + (r->memory ? 24 : 0));
	if (r->memory)
		emit_wide(p, BPF_REG_1, 0, r->value[0].value);
	emit(p, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_3, 0, 0, (__s32)size);
	emit_wide(p, BPF_REG_4, 0, flags);
	emit(p, BPF_JMP | BPF_CALL, 0, engine()->helper ? 0 : BPF_PSEUDO_KFUNC_CALL, !engine()->helper,
	     r->memory ? engine()->mem : engine()->regs);
}

static void emit_push_to(struct program *p, int map, int at, __u64 flags)
{
	emit_map(p, BPF_REG_1, BPF_PSEUDO_MAP_FD, map);
	emit(p, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_2, BPF_REG_10, 0, 0);
	emit(p, BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_2, 0, 0, at);
	emit_wide(p, BPF_REG_3, 0, flags);
	emit(p, BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_map_push_elem);
	/* An int up to 6.3. */
	emit(p, BPF_ALU64 | BPF_LSH | BPF_K, BPF_REG_0, 0, 0, 32);
	emit(p, BPF_ALU64 | BPF_ARSH | BPF_K, BPF_REG_0, 0, 0, 32);
}

/* The same through a door: 0, or why there is none. */
static int emit_push(struct program *p, const struct request *r, __u32 size, __u64 flags)
{
	int map = r->memory ? door(REGS_OVERRIDE_DOOR_MEM, sizeof(struct regs_override_store)) : door(REGS_OVERRIDE_DOOR_REGS, size);
	/* An address, and where the next slot would stand, size and value. */
	int at = VALUES_AT + (r->memory ? 8 : 0);

	if (map < 0)
		return map;
	if (r->memory)
		emit(p, BPF_ST | BPF_DW | BPF_MEM, BPF_REG_10, 0, at + offsetof(struct regs_override_store, size), (__s32)size);
	emit_push_to(p, map, at, flags);
	return 0;
}

static int emit_push_aside(struct program *p, __u32 size)
{
	static int queue = -1;

	/* One size in a run will do. */
	if (queue < 0)
		queue = bpf_map_create(BPF_MAP_TYPE_QUEUE, "aside", 0, size, 1, NULL);
	if (queue < 0)
		return -errno;
	/* The oldest element goes where it is full. */
	emit_push_to(p, queue, VALUES_AT, BPF_EXIST);
	return 0;
}

static int emit_request(struct program *p, const struct request *r, __u32 size, __u64 flags)
{
	if (r->queue)
		return emit_push_aside(p, size);
	if (engine()->probe)
		return emit_push(p, r, size, flags);
	emit_call(p, r, size, flags);
	return 0;
}

static void emit_counters(struct program *p, int counters)
{
	emit_map(p, BPF_REG_1, BPF_PSEUDO_MAP_VALUE, counters);
	emit(p, BPF_STX | BPF_DW | BPF_MEM, BPF_REG_1, BPF_REG_0, offsetof(struct outcome, answer), 0);
	emit(p, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_2, 0, 0, 1);
	emit(p, BPF_STX | BPF_DW | BPF_ATOMIC, BPF_REG_1, BPF_REG_2, offsetof(struct outcome, runs), BPF_ADD);
}

/* The counters are in r1, the context is in r6. */
static void emit_after(struct program *p, int slot, unsigned int at)
{
	emit(p, BPF_LDX | BPF_DW | BPF_MEM, BPF_REG_3, BPF_REG_6, 8 * slot, 0);
	emit(p, BPF_STX | BPF_DW | BPF_MEM, BPF_REG_1, BPF_REG_3, offsetof(struct outcome, after[at]), 0);
}

static void emit_end(struct program *p)
{
	emit(p, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_0, 0, 0, 0);
	emit(p, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
}

static int build(struct program *p, const struct request *r, int counters)
{
	unsigned int i, all = r->count * sizeof(struct bpf_reg_value), size = r->size ? r->size : all;
	const __u64 *words = (const __u64 *)r->value;
	int err;

	p->count = 0;
	emit(p, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_6, BPF_REG_1, 0, 0);
	/* What the size reaches beyond the values, too. */
	for (i = 0; i < (all + size < sizeof(r->value) ? all + size : sizeof(r->value)) / 8; i++) {
		emit_wide(p, BPF_REG_3, 0, words[i]);
		emit(p, BPF_STX | BPF_DW | BPF_MEM, BPF_REG_10, BPF_REG_3, VALUES_AT + 8 * (int)i, 0);
	}
	for (i = 0; r->keep && i < r->count; i++) {
		emit(p, BPF_LDX | BPF_DW | BPF_MEM, BPF_REG_3, BPF_REG_1, 8 * (int)r->value[i].slot, 0);
		emit(p, BPF_STX | BPF_DW | BPF_MEM, BPF_REG_10, BPF_REG_3, VALUES_AT + 16 * (int)i + 8, 0);
	}
	err = emit_request(p, r, size, r->flags);
	if (!err && r->then)
		err = emit_request(p, r, size, r->then);
	if (err)
		return err;
	emit_counters(p, counters);
	for (i = 0; !r->memory && i < r->count; i++)
		if (r->value[i].slot <= PC)
			emit_after(p, r->value[i].slot, i);
	if (r->watch)
		emit_after(p, r->watch, r->count);
	emit_end(p);
	return 0;
}

static void build_reading(struct program *p, unsigned long address, int counters)
{
	p->count = 0;
	emit(p, BPF_ST | BPF_DW | BPF_MEM, BPF_REG_10, 0, -8, 0);
	emit(p, BPF_ALU64 | BPF_MOV | BPF_X, BPF_REG_1, BPF_REG_10, 0, 0);
	emit(p, BPF_ALU64 | BPF_ADD | BPF_K, BPF_REG_1, 0, 0, -8);
	emit(p, BPF_ALU64 | BPF_MOV | BPF_K, BPF_REG_2, 0, 0, 1);
	emit_wide(p, BPF_REG_3, 0, address);
	emit(p, BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_probe_read_kernel);
	emit(p, BPF_JMP | BPF_JNE | BPF_K, BPF_REG_0, 0, 1, 0);
	emit(p, BPF_LDX | BPF_DW | BPF_MEM, BPF_REG_0, BPF_REG_10, -8, 0);
	emit_counters(p, counters);
	emit_end(p);
}

static int load(struct rule *rule, const struct program *p, int expected_attach_type)
{
	static char log[1 << 16];
	int fds[] = { 0, engine()->btf_fd }, err = 0;
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .expected_attach_type = expected_attach_type);

	if (engine()->kfunc)
		opts.fd_array = fds;
	rule->program = bpf_prog_load(BPF_PROG_TYPE_KPROBE, "selftest", "GPL", p->insn, p->count, &opts);
	if (rule->program < 0) {
		err = -errno;
		if (getenv("VERBOSE")) {
			opts.log_buf = log;
			opts.log_size = sizeof(log);
			opts.log_level = 1;
			bpf_prog_load(BPF_PROG_TYPE_KPROBE, "selftest", "GPL", p->insn, p->count, &opts);
			fprintf(stderr, "%s\n", log);
		}
		rule_close(rule);
	}
	return err;
}

static struct rule rule_new(void)
{
	return (struct rule){ -1, bpf_map_create(BPF_MAP_TYPE_ARRAY, "outcome", 4, sizeof(struct outcome), 1, NULL), -1 };
}

int rule_load(struct rule *rule, const struct request *request, int expected_attach_type)
{
	struct program p;
	int err;

	*rule = rule_new();
	err = build(&p, request, rule->counters);
	if (!err)
		return load(rule, &p, expected_attach_type);
	rule_close(rule);
	return err;
}

int byte_at(unsigned long address)
{
	struct probe probe = { .function = "regsh_target_stored" };
	struct rule rule = rule_new();
	struct program p;
	int byte = -1;

	build_reading(&p, address, rule.counters);
	if (!load(&rule, &p, 0) && !rule_attach(&rule, &probe)) {
		write_file("/sys/kernel/debug/regsh_target/call", "stored");
		byte = rule_outcome(&rule).runs ? (int)rule_outcome(&rule).answer : -1;
	}
	rule_close(&rule);
	return byte;
}

static int pmu_number(const char *pmu, const char *file, const char *format)
{
	char path[128];
	int number = -1;
	FILE *f;

	snprintf(path, sizeof(path), "/sys/bus/event_source/devices/%s/%s", pmu, file);
	f = fopen(path, "r");
	if (!f || fscanf(f, format, &number) != 1)
		number = -1;
	if (f)
		fclose(f);
	return number;
}

int rule_attach_by_perf(struct rule *rule, const struct probe *probe)
{
	const char *pmu = probe->path ? "uprobe" : "kprobe";
	struct perf_event_attr attr = { .size = sizeof(attr) };
	int bit = pmu_number(pmu, "format/retprobe", "config:%d");

	attr.type = pmu_number(pmu, "type", "%d");
	attr.config = probe->at_return ? 1ULL << bit : 0;
	attr.config1 = (unsigned long)(probe->path ? probe->path : probe->function);
	attr.config2 = probe->offset;
	rule->event = syscall(SYS_perf_event_open, &attr, probe->path ? getpid() : -1, probe->path ? -1 : 0, -1,
			      PERF_FLAG_FD_CLOEXEC);
	if (rule->event < 0)
		return -errno;
	if (ioctl(rule->event, PERF_EVENT_IOC_SET_BPF, rule->program) || ioctl(rule->event, PERF_EVENT_IOC_ENABLE, 0))
		return -errno;
	return 0;
}

int rule_attach(struct rule *rule, const struct probe *probe)
{
	if (!engine()->probe)
		return rule_attach_by_perf(rule, probe);
	rule->event = device_attach(rule->program, probe);
	return rule->event < 0 ? rule->event : 0;
}

struct outcome rule_outcome(const struct rule *rule)
{
	struct outcome o = {};
	__u32 key = 0;

	bpf_map_lookup_elem(rule->counters, &key, &o);
	return o;
}

static void close_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

void rule_close(struct rule *rule)
{
	close_fd(&rule->event);
	close_fd(&rule->program);
	close_fd(&rule->counters);
}
