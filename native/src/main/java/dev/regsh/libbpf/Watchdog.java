// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

import dev.regsh.base.errno.KernelException;

/**
 * The process that watches over this one from outside: it asks whether this one answers, disarms the rules if it does not, and
 * moves on the time until which they act while it does. It ends with this process.
 */
public final class Watchdog implements AutoCloseable {
    /** What it says; {@code NOTHING}: it said nothing for so long, {@code UNREADABLE}: something that could not be read. */
    public enum Word {
        NOTHING, UNREADABLE, READY, ASKS, HAS_DISARMED, GONE
    }

    private static final int EAGAIN = 11;
    private static final int EPIPE = 32;

    private final int fd;
    private boolean closed;
    /** Calls under way, which keep the descriptor. */
    private int users;

    /**
     * Starts it.
     *
     * @param counters the map of the rules' blocks; the last block is the watchdog's
     * @throws KernelException if it cannot be started
     */
    public Watchdog(BpfMap counters) {
        fd = Libbpf.check(Libbpf.shim().regsh_watchdog_start(counters.fd()), "start regsh-watchdog");
    }

    /** Waits for what it says next. */
    public Word next(int timeoutMillis) {
        if (!enter()) {
            return Word.GONE;
        }
        try {
            return switch (Libbpf.shim().regsh_watchdog_next(fd, timeoutMillis)) {
                case 'r' -> Word.READY;
                case 'a' -> Word.ASKS;
                case 'd' -> Word.HAS_DISARMED;
                case -EAGAIN -> Word.NOTHING;
                case -EPIPE -> Word.GONE;
                default -> Word.UNREADABLE;
            };
        } finally {
            leave();
        }
    }

    /** That this process is alive. An answer that gets lost is none: there is nobody else to tell. */
    public void answer() {
        if (enter()) {
            Libbpf.shim().regsh_watchdog_answer(fd);
            leave();
        }
    }

    private synchronized boolean enter() {
        if (!closed) {
            users++;
        }
        return !closed;
    }

    private synchronized void leave() {
        users--;
        closeUnused();
    }

    private void closeUnused() {
        if (closed && users == 0) {
            Libbpf.shim().regsh_close(fd);
        }
    }

    /** It goes, and {@link #next} says so, which does not wait any more. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            Libbpf.shim().regsh_watchdog_end(fd);
            closeUnused();
        }
    }
}
