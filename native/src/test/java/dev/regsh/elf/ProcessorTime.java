// SPDX-License-Identifier: Apache-2.0
package dev.regsh.elf;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Limits of processor time, which a busy machine does not use up as it does the clock's. */
final class ProcessorTime {
    private ProcessorTime() {}

    /** What the work gives, in a thread of its own; an error once that thread has computed for longer than the limit. */
    static <T> T within(Duration limit, Callable<T> work) {
        FutureTask<T> task = new FutureTask<>(work);
        Thread thread = new Thread(task, "limited");
        thread.setDaemon(true);
        thread.start();
        while (true) {
            try {
                return task.get(100, TimeUnit.MILLISECONDS);
            } catch (TimeoutException notYet) {
                if (ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()) > limit.toNanos()) {
                    AssertionError late = new AssertionError("took more than " + limit + " of processor time; it was at");
                    late.setStackTrace(thread.getStackTrace());
                    throw late;
                }
            } catch (ExecutionException failed) {
                throw ProcessorTime.<RuntimeException>asItIs(Objects.requireNonNull(failed.getCause()));
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException(interrupted);
            }
        }
    }

    /** Checked or not: the work may throw what it likes. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E asItIs(Throwable failure) throws E {
        throw (E) failure;
    }
}
