// SPDX-License-Identifier: GPL-2.0-only
/* An extension (freplace) would run in the place of a program that is attached already, where nobody checked it. */
#include <bpf/bpf.h>
#include <bpf/btf.h>
#include <linux/bpf.h>
#include <stddef.h>
#include <unistd.h>
#include "engine.h"
#include "selftest.h"

static const struct bpf_insn harmless[] = {
	{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
	{ .code = BPF_JMP | BPF_EXIT },
};

/* The types of a program `int replaceable(struct bpf_user_pt_regs_t *)`; *function is its id. */
static struct btf *program_types(int *function)
{
	struct btf *btf = btf__new_empty();
	int number = btf__add_int(btf, "int", 4, BTF_INT_SIGNED), context, proto;

	context = btf__add_ptr(btf, btf__add_struct(btf, "bpf_user_pt_regs_t", 0));
	proto = btf__add_func_proto(btf, number);
	btf__add_func_param(btf, "ctx", context);
	*function = btf__add_func(btf, "replaceable", BTF_FUNC_GLOBAL, proto);
	return btf__load_into_kernel(btf) ? NULL : btf;
}

static int load(enum bpf_prog_type type, const struct bpf_insn *insn, size_t count, struct bpf_prog_load_opts *opts)
{
	int fds[] = { 0, engine()->btf_fd };

	opts->fd_array = engine()->helper ? NULL : fds;
	return bpf_prog_load(type, "replaceable", "GPL", insn, count, opts);
}

void extension_tests(void)
{
	/* bpf_override_regs(ctx, { the first argument, 1 }, 16, PARM) */
	const struct bpf_insn overrides[] = {
		{ .code = BPF_ST | BPF_DW | BPF_MEM, .dst_reg = BPF_REG_10, .off = -16, .imm = ARG0 },
		{ .code = BPF_ST | BPF_DW | BPF_MEM, .dst_reg = BPF_REG_10, .off = -8, .imm = 1 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_X, .dst_reg = BPF_REG_2, .src_reg = BPF_REG_10 },
		{ .code = BPF_ALU64 | BPF_ADD | BPF_K, .dst_reg = BPF_REG_2, .imm = -16 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_3, .imm = 16 },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_4, .imm = 1 },
		{ .code = BPF_JMP | BPF_CALL, .src_reg = engine()->helper ? 0 : BPF_PSEUDO_KFUNC_CALL,
		  .off = !engine()->helper, .imm = engine()->regs },
		{ .code = BPF_ALU64 | BPF_MOV | BPF_K, .dst_reg = BPF_REG_0 },
		{ .code = BPF_JMP | BPF_EXIT },
	};
	const size_t count = sizeof(overrides) / sizeof(*overrides);
	LIBBPF_OPTS(bpf_prog_load_opts, opts);
	struct bpf_func_info info = {};
	int function, target, plain, extension;
	struct btf *btf;

	if (engine()->probe) {
		skip("extensions", "attached to a program at a probe of the module's own they ask as it does");
		return;
	}
	btf = program_types(&function);
	if (!btf) {
		check(false, "extensions: the types do not load");
		return;
	}
	info.type_id = function;
	opts.prog_btf_fd = btf__fd(btf);
	opts.func_info = &info;
	opts.func_info_cnt = 1;
	opts.func_info_rec_size = sizeof(info);
	plain = load(BPF_PROG_TYPE_KPROBE, overrides, count, &opts);
	check(plain >= 0, "extensions: the program loads for a kprobe");
	target = load(BPF_PROG_TYPE_KPROBE, harmless, 2, &opts);
	opts.attach_prog_fd = target;
	opts.attach_btf_id = function;
	extension = load(BPF_PROG_TYPE_EXT, harmless, 2, &opts);
	check(target >= 0 && extension >= 0, "extensions: a harmless one loads");
	close(extension);
	extension = load(BPF_PROG_TYPE_EXT, overrides, count, &opts);
	check(extension < 0, "extensions: one that overrides does not");
	close(extension);
	close(target);
	close(plain);
	btf__free(btf);
}
