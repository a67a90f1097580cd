/* SPDX-License-Identifier: GPL-2.0-only */
#include <linux/linkage.h>
#include <linux/objtool.h>

/* Before 5.18 no function has an ENDBR. */
#ifndef ANNOTATE_NOENDBR
#define ANNOTATE_NOENDBR
#endif
#ifndef RET
#define RET ret
#endif

/* Reached by a return from the probe, never by an indirect call: no ENDBR, so nobody can call it either. */
SYM_FUNC_START(regs_override_return)
	ANNOTATE_NOENDBR
	RET
SYM_FUNC_END(regs_override_return)
