/* SPDX-License-Identifier: Apache-2.0 */
#ifndef COMPANION_H
#define COMPANION_H

/*
 * Starts a program beside this library with one argument, as nobody's child. It finds given as its descriptor 3, and as 4 an end of a
 * socket whose other end comes back; -errno if it cannot be started.
 */
int regsh_companion(const char *name, const char *argument, int given);

#endif
