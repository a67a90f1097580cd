// SPDX-License-Identifier: Apache-2.0
/* A function of our own to try user probes on, called in a child: what goes wrong there is nobody's loss. */
#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
#include "regsh.h"

REGSH_API __attribute__((noipa)) int regsh_victim(void)
{
	return 0;
}

int regsh_victim_returns(void)
{
	static const int deadly[] = { SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGABRT };
	int status;
	pid_t child = fork();

	if (child < 0)
		return -errno;
	if (!child) {
		/* Neither the JVM's handlers nor a core file. */
		for (unsigned int i = 0; i < sizeof(deadly) / sizeof(deadly[0]); i++)
			signal(deadly[i], SIG_DFL);
		prctl(PR_SET_DUMPABLE, 0);
		_exit(regsh_victim());
	}
	while (waitpid(child, &status, 0) < 0)
		if (errno != EINTR)
			return -errno;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -EFAULT;
}
