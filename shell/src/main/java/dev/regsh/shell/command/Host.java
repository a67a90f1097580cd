// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.session.failure.Failure;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** What some commands need of the place they are typed at: a prompt or a script. */
public interface Host {
    /** Whether the process runs one command and has no rules of its own. */
    boolean once();

    /** Runs another program, with the terminal as it is for others. */
    void outside(Runnable program);

    /** The lines typed so far, oldest first. */
    List<String> history();

    /** Does nothing where there is no screen. */
    void clearScreen();

    /** @throws Failure where events are not kept for whoever asks, with the reason */
    void mayWatchEvents();

    /** Shows the events that were kept and those that come, until a key is pressed. */
    void watchEvents();

    /**
     * Hands on the last events that were kept, oldest first.
     *
     * @param output gets each as a line for people and as fields
     */
    void printEvents(long most, BiConsumer<String, Map<String, Object>> output);
}
