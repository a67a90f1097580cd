// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session;

import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/** Looks at the rules once a second while there are any, in a thread of its own. */
final class RuleWatch implements AutoCloseable {
    private static final int PERIOD_MILLIS = 1000;

    private final Runnable look;
    private final BooleanSupplier needed;
    private boolean closed;

    /** @param needed whether there is anything to look at; {@link #wake} says when that has become so */
    RuleWatch(Runnable look, BooleanSupplier needed) {
        this.look = look;
        this.needed = needed;
        Thread thread = new Thread(this::run, "rules");
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        while (sleep()) {
            try {
                look.run();
            } catch (RuntimeException bug) {
                LoggerFactory.getLogger(RuleWatch.class).error("the rules could not be looked at", bug);
            }
        }
    }

    /** False: it is over. Who wakes before the period is over looks once more than it would: no loop needs to wait on. */
    @SuppressWarnings("WaitNotInLoop")
    private synchronized boolean sleep() {
        try {
            while (!closed && !needed.getAsBoolean()) {
                wait();
            }
            if (!closed) {
                wait(PERIOD_MILLIS);
            }
        } catch (InterruptedException never) {
            return false;
        }
        return !closed;
    }

    synchronized void wake() {
        notifyAll();
    }

    /** Does not wait: it may be telling somebody who does not listen. */
    @Override
    public synchronized void close() {
        closed = true;
        notifyAll();
    }
}
