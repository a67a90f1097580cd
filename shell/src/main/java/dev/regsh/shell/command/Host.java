// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import java.util.List;

/** What some commands need of the place they are typed at: a prompt or a script. */
public interface Host {
    /** Runs a script with its arguments, in this session. */
    void replay(String file, List<String> arguments);

    /** The lines typed so far, oldest first. */
    List<String> history();

    /** Shows the events as they come, until a key is pressed. */
    void watchEvents();
}
