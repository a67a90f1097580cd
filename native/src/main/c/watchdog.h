/* SPDX-License-Identifier: Apache-2.0 */
/* What regsh-watchdog tells its session, a byte each; what it gets back for WATCHDOG_ASKS is any byte. */
#ifndef WATCHDOG_H
#define WATCHDOG_H

#define WATCHDOG_IS_READY 'r'
#define WATCHDOG_ASKS 'a'
#define WATCHDOG_HAS_DISARMED 'd'

#endif
