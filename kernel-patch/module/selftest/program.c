// SPDX-License-Identifier: GPL-2.0-only
/* Programs of a few instructions that call one kfunc and keep its result in a map. */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <errno.h>
#include <linux/bpf.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>
#include "selftest.h"

static int module_btf_fd, override_id, mem_id;

void kfuncs_find(void)
{
	struct btf *vmlinux = btf__load_vmlinux_btf(), *btf;
	uint32_t id = 0;

	while (!bpf_btf_get_next_id(id, &id)) {
		char name[64] = "";
		struct bpf_btf_info info = { .name = (uintptr_t)name, .name_len = sizeof(name) };
		uint32_t len = sizeof(info);
		int fd = bpf_btf_get_fd_by_id(id);

		if (fd < 0 || bpf_obj_get_info_by_fd(fd, &info, &len) || strcmp(name, "regs_override")) {
			close(fd);
			continue;
		}
		module_btf_fd = fd;
		btf = btf__load_from_kernel_by_id_split(id, vmlinux);
		override_id = btf__find_by_name_kind(btf, "bpf_override_regs", BTF_KIND_FUNC);
		mem_id = btf__find_by_name_kind(btf, "bpf_override_mem", BTF_KIND_FUNC);
	}
	if (override_id <= 0 || mem_id <= 0) {
		printf("Bail out! no BTF of regs_override with its kfuncs\n");
		exit(1);
	}
}

struct text {
	struct bpf_insn insn[96];
	int n;
};

static void emit(struct text *t, uint8_t code, int dst, int src, int off, int32_t imm)
{
	t->insn[t->n++] = (struct bpf_insn){ .code = code, .dst_reg = dst, .src_reg = src, .off = off, .imm = imm };
}

static void emit_imm64(struct text *t, int dst, int src, uint64_t value)
{
	emit(t, BPF_LD | BPF_DW | BPF_IMM, dst, src, 0, (int32_t)value);
	emit(t, 0, 0, 0, 0, (int32_t)(value >> 32));
}

static int finish(struct text *t, struct program *p, int kfunc, const struct call *call)
{
	int fds[] = { 0, module_btf_fd };
	char log[8192] = "";
	LIBBPF_OPTS(bpf_map_create_opts, map_opts, .map_flags = BPF_F_MMAPABLE);
	LIBBPF_OPTS(bpf_prog_load_opts, opts, .fd_array = fds, .log_buf = log, .log_size = sizeof(log), .log_level = 1,
		    .expected_attach_type = call ? call->attach_type : 0);
	int err;

	p->map = bpf_map_create(BPF_MAP_TYPE_ARRAY, "seen", 4, 4096, 1, &map_opts);
	p->seen = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, p->map, 0);
	emit(t, BPF_JMP | BPF_CALL, 0, BPF_PSEUDO_KFUNC_CALL, 1, kfunc);
	emit(t, BPF_ALU64 | BPF_MOV | BPF_X, 7, 0, 0, 0);
	emit(t, BPF_LD | BPF_DW | BPF_IMM, 1, BPF_PSEUDO_MAP_VALUE, 0, p->map);
	emit(t, 0, 0, 0, 0, 0);
	emit(t, BPF_STX | BPF_DW | BPF_MEM, 1, 7, 8, 0);
	emit(t, BPF_ALU64 | BPF_MOV | BPF_K, 2, 0, 0, 1);
	emit(t, BPF_STX | BPF_DW | BPF_ATOMIC, 1, 2, 0, BPF_ADD);
	emit(t, BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, 0);
	emit(t, BPF_JMP | BPF_EXIT, 0, 0, 0, 0);
	p->fd = bpf_prog_load(call && call->type ? call->type : BPF_PROG_TYPE_KPROBE, "selftest", "GPL", t->insn, t->n, &opts);
	err = p->fd < 0 ? -errno : 0;
	if (err && getenv("VERBOSE"))
		fprintf(stderr, "%s\n", log);
	if (err) {
		munmap((void *)p->seen, 4096);
		close(p->map);
	}
	return err;
}

int program_load(struct program *p, const struct call *call)
{
	struct text t = {};
	uint32_t i, size = call->size == SIZE_ZERO ? 0 : call->size ? (uint32_t)call->size : call->n * 16;

	emit(&t, BPF_ALU64 | BPF_MOV | BPF_X, 6, 1, 0, 0);
	for (i = 0; i < MAX_VALUES; i++) {
		const struct bpf_reg_value *v = &call->vals[i];
		int at = -16 * MAX_VALUES + 16 * (int)i;

		emit_imm64(&t, 3, 0, v->slot | (uint64_t)v->reserved << 32);
		emit(&t, BPF_STX | BPF_DW | BPF_MEM, 10, 3, at, 0);
		if (call->keep)
			emit(&t, BPF_LDX | BPF_DW | BPF_MEM, 3, 6, v->slot * 8, 0);
		else
			emit_imm64(&t, 3, 0, v->value);
		emit(&t, BPF_STX | BPF_DW | BPF_MEM, 10, 3, at + 8, 0);
	}
	emit(&t, BPF_ALU64 | BPF_MOV | BPF_X, 1, 6, 0, 0);
	emit(&t, BPF_ALU64 | BPF_MOV | BPF_X, 2, 10, 0, 0);
	emit(&t, BPF_ALU64 | BPF_ADD | BPF_K, 2, 0, 0, -16 * MAX_VALUES);
	emit(&t, BPF_ALU64 | BPF_MOV | BPF_K, 3, 0, 0, size);
	emit_imm64(&t, 4, 0, call->flags);
	return finish(&t, p, override_id, call);
}

int program_load_store(struct program *p, int slot, uint64_t at, uint64_t value, int size, uint64_t flags)
{
	struct text t = {};

	emit_imm64(&t, 3, 0, value);
	emit(&t, BPF_STX | BPF_DW | BPF_MEM, 10, 3, -8, 0);
	if (slot < SLOTS)
		emit(&t, BPF_LDX | BPF_DW | BPF_MEM, 1, 1, slot * 8, 0);
	else
		emit_imm64(&t, 1, 0, at);
	emit(&t, BPF_ALU64 | BPF_MOV | BPF_X, 2, 10, 0, 0);
	emit(&t, BPF_ALU64 | BPF_ADD | BPF_K, 2, 0, 0, -8);
	emit(&t, BPF_ALU64 | BPF_MOV | BPF_K, 3, 0, 0, size);
	emit_imm64(&t, 4, 0, flags);
	return finish(&t, p, mem_id, NULL);
}

void program_close(struct program *p)
{
	munmap((void *)p->seen, 4096);
	close(p->map);
	close(p->fd);
}
