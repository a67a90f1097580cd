// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RuleWatchTest {
    @Test
    void itLooksWhileThereIsSomethingToLookAt() throws InterruptedException {
        AtomicBoolean needed = new AtomicBoolean();
        AtomicInteger early = new AtomicInteger();
        CountDownLatch twice = new CountDownLatch(2);
        try (RuleWatch watch = new RuleWatch(() -> {
            if (!needed.get()) {
                early.incrementAndGet();
            }
            twice.countDown();
            throw new IllegalStateException("one that fails is not the last");
        }, needed::get)) {
            watch.wake();
            needed.set(true);
            watch.wake();
            twice.await();
        }
        assertEquals(0, early.get());
    }
}
