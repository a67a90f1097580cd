/* SPDX-License-Identifier: GPL-2.0-only */
/* /dev/regs_override: doors, and probes of the module's own. */
#ifndef DEVICE_H
#define DEVICE_H

#include "regs_override_device.h"
#include "rule.h"

/* The door for elements of that size, made when it is first asked for; or -errno. */
int door(unsigned int kind, unsigned int size);
/* What keeps the program attached, or -errno. It may ask for everything. */
int device_attach(int program, const struct probe *probe);
/* The same for what it may ask for. */
int device_attach_for(int program, const struct probe *probe, __u32 asks);
/* Takes so many away at once: 0 or -errno. They are still to be closed. */
int device_detach(const int *attached, unsigned int count);
/* Hits at which the program did not run; -errno. */
long long device_missed(int attached);

#endif
