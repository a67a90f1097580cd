// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.watchdog;

import dev.regsh.base.errno.Errno;
import dev.regsh.base.errno.KernelException;
import dev.regsh.bpf.program.CounterLayout;
import dev.regsh.libbpf.CurrentProcess;
import dev.regsh.libbpf.Watchdog;
import dev.regsh.session.counter.CounterBlock;
import dev.regsh.session.counter.Counters;
import dev.regsh.session.failure.Failure;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;

/**
 * Whose the session's rules are: this process and its watchdog, which rules spare, and the time until which they act, which
 * the watchdog moves on while this process answers it.
 *
 * <p>The answer is to tell that this process works, not that one thread of it does: a thread that reads hands over to one that
 * writes, so it takes what a hang is made of (reads, writes, threads that wake each other, memory, and no stop of all). Both
 * have the name that the main thread has in the kernel, so that a rule on {@code comm} hits them if it hits that.
 */
public final class Owner implements AutoCloseable {
    private static final String LIKE_MAIN = "java";
    private static final int START_SECONDS = 30;
    private static final int PAUSE_MILLIS = 100;
    private static final int BEAT_MILLIS = 1000;

    /** What the session is to do. */
    public interface Listener {
        /** This process did not answer: none of its rules acts any more. */
        void disarmed();

        /** Nobody watches over this process any more, and nobody can be found to. */
        void unwatched();
    }

    private final Counters counters;
    private final Listener listener;
    private final SynchronousQueue<Watchdog> asked = new SynchronousQueue<>();
    private volatile Watchdog watchdog;
    /** Under the lock of this: a watchdog is at work. */
    private boolean ready;
    private volatile boolean closed;
    private int self;
    private final Thread listening;
    private final Thread answering;

    public Owner(Counters counters, Listener listener) {
        this.counters = counters;
        this.listener = listener;
        try {
            watchdog = new Watchdog(counters.map());
        } catch (KernelException refused) {
            throw new Failure("regsh-watchdog, without which no rule is attached, cannot be started (" + Errno.name(refused.errno())
                    + ", " + Errno.text(refused.errno()) + ")", "it stands beside libregsh.so; is the installation whole?");
        }
        listening = thread(this::listen);
        answering = thread(this::answer);
    }

    private static Thread thread(Runnable task) {
        Thread thread = new Thread(task, LIKE_MAIN);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Makes a rule's block one of this session's, before it is armed. */
    public synchronized void takes(CounterBlock block) {
        ByteBuffer words = block.words();
        if (self == 0) {
            self = CurrentProcess.number();
        }
        awaitStart();
        words.putLong(CounterLayout.UNTIL, own().getLong(CounterLayout.UNTIL));
        words.putInt(CounterLayout.WATCHDOG, own().getInt(CounterLayout.WATCHDOG));
        words.putInt(CounterLayout.SESSION, self);
        VarHandle.fullFence();
        words.putLong(CounterLayout.LEASED, 1);
    }

    /** Lets a rule's block go on without a session; as long as this process lives the rule spares it still. */
    public static void leaves(CounterBlock block) {
        block.words().putLong(CounterLayout.LEASED, 0);
        VarHandle.fullFence();
        block.words().putLong(CounterLayout.UNTIL, CounterLayout.FOR_EVER);
    }

    /** The watchdog has disarmed all rules, whether this process has learned of it or not. */
    public boolean hasHung() {
        return own().getLong(CounterLayout.ERRORS) != 0;
    }

    private ByteBuffer own() {
        return counters.watchdog();
    }

    private void awaitStart() {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        try {
            for (long left = START_SECONDS * 1000L; !ready && !closed && left > 0; left = (end - System.nanoTime()) / 1_000_000) {
                wait(left);
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        if (ready) {
            return;
        }
        throw new Failure("regsh-watchdog, without which no rule is attached, does not begin its work", "the kernel may refuse its "
                + "program: raw tracepoint programs are run for it (BPF_PROG_TEST_RUN)");
    }

    private void listen() {
        while (!closed) {
            try {
                Watchdog from = watchdog;
                switch (from.next(BEAT_MILLIS)) {
                    case READY -> ready();
                    case ASKS -> asked.put(from);
                    case HAS_DISARMED -> thread(listener::disarmed);
                    case GONE -> gone();
                    case UNREADABLE -> Thread.sleep(PAUSE_MILLIS);
                    default -> {}
                }
            } catch (InterruptedException never) {
                return;
            }
        }
    }

    private void answer() {
        while (!closed) {
            try {
                asked.take().answer();
            } catch (InterruptedException never) {
                return;
            }
        }
    }

    /** After a second start: every rule is to know the new one. */
    private synchronized void ready() {
        int number = own().getInt(CounterLayout.WATCHDOG);
        for (int i = 0; i < Counters.MAX_RULES; i++) {
            if (self != 0 && counters.words(i).getInt(CounterLayout.SESSION) == self) {
                counters.words(i).putInt(CounterLayout.WATCHDOG, number);
            }
        }
        ready = true;
        notifyAll();
    }

    /** Another is started, unless this one has not even begun. */
    private void gone() {
        synchronized (this) {
            boolean worked = ready;
            ready = false;
            watchdog.close();
            if (closed) {
                return;
            }
            try {
                if (worked) {
                    watchdog = new Watchdog(counters.map());
                    return;
                }
            } catch (KernelException refused) {
                // There is none: as if it had gone before it began.
            }
            closed = true;
            notifyAll();
        }
        listener.unwatched();
    }

    /** A process that gets this one's number later is spared by no rule that was kept. */
    @Override
    public synchronized void close() {
        closed = true;
        for (int i = 0; i < Counters.MAX_RULES; i++) {
            counters.words(i).putInt(CounterLayout.SESSION, CounterLayout.NOBODY);
            counters.words(i).putInt(CounterLayout.WATCHDOG, CounterLayout.NOBODY);
        }
        watchdog.close();
        listening.interrupt();
        answering.interrupt();
    }
}
