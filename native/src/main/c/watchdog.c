// SPDX-License-Identifier: Apache-2.0
/* The session's side of regsh-watchdog. What is asked is taken by read(2) and answered by write(2), as most of what a session does. */
#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <sys/socket.h>
#include <unistd.h>
#include "companion.h"
#include "regsh.h"
#include "watchdog.h"

int regsh_watchdog_start(int counters)
{
	char session[16];

	snprintf(session, sizeof(session), "%d", getpid());
	return regsh_companion("regsh-watchdog", session, counters);
}

int regsh_watchdog_next(int watchdog, int timeout_ms)
{
	struct pollfd from = { .fd = watchdog, .events = POLLIN };
	char said[64];
	int got, i;

	if (poll(&from, 1, timeout_ms) <= 0)
		return -EAGAIN;
	/* Not by what read() says: a rule may say it instead. */
	if (from.revents & (POLLHUP | POLLERR | POLLNVAL))
		return -EPIPE;
	got = read(watchdog, said, sizeof(said));
	for (i = 0; i < got; i++)
		if (said[i] != WATCHDOG_ASKS)
			return said[i];
	return got > 0 ? WATCHDOG_ASKS : -EIO;
}

int regsh_watchdog_answer(int watchdog)
{
	return write(watchdog, "", 1) == 1 ? 0 : -EIO;
}

void regsh_watchdog_end(int watchdog)
{
	shutdown(watchdog, SHUT_RDWR);
}
