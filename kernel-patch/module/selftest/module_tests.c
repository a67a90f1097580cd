// SPDX-License-Identifier: GPL-2.0-only
/* The module itself: its BTF, and that programs hold it. */
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>
#include "selftest.h"

void module_tests(void)
{
	struct request request = REQUEST(1, VALUE(RDI, 1));
	struct rule rule;

	check(!access("/sys/kernel/btf/regs_override", R_OK), "the module has BTF");
	check(!rule_load(&rule, &request, 0), "a program loads");
	check(syscall(SYS_delete_module, "regs_override", O_NONBLOCK) && errno == EWOULDBLOCK,
	      "a loaded program holds the module");
	rule_close(&rule);
}
