// SPDX-License-Identifier: Apache-2.0
#include <bpf/btf.h>
#include <bpf/libbpf.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include "engine.h"

int helper_number(void)
{
	struct btf *btf = btf__load_vmlinux_btf();
	int number = 0, id, i;

	if (!btf)
		return 0;
	id = btf__find_by_name_kind(btf, "bpf_func_id", BTF_KIND_ENUM);
	if (id > 0) {
		const struct btf_type *type = btf__type_by_id(btf, id);

		for (i = 0; i < btf_vlen(type); i++)
			if (!strcmp(btf__name_by_offset(btf, btf_enum(type)[i].name_off), "BPF_FUNC_override_regs"))
				number = btf_enum(type)[i].val;
	}
	btf__free(btf);
	return number;
}

int choose_program(struct bpf_program *program, int helper)
{
	size_t count = bpf_program__insn_cnt(program), i;
	struct bpf_insn *insns = calloc(count, sizeof(*insns));
	int err;

	if (!insns)
		return -ENOMEM;
	memcpy(insns, bpf_program__insns(program), count * sizeof(*insns));
	for (i = 0; i < count; i++)
		if (insns[i].code == (BPF_JMP | BPF_CALL) && !insns[i].src_reg && insns[i].imm == HELPER_PLACEHOLDER && helper)
			insns[i].imm = helper;
	err = bpf_program__set_insns(program, insns, count);
	free(insns);
	return err ? err : bpf_program__set_autoload(program, true);
}
