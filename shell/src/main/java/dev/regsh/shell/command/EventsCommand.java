// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.session.failure.Failure;
import java.util.List;
import org.springframework.shell.core.command.CommandContext;

/** {@code events}: shows the events that were kept, and those that come. */
final class EventsCommand extends RegshCommand {
    private final Host host;

    EventsCommand(Workspace workspace, Host host) {
        super(workspace, "events", "[NUMBER | all]", "shows what rules log on the whole screen, with rates; q ends it");
        this.host = host;
    }

    @Override
    protected String details() {
        return """
                Rules with log, and dry ones, send an event a hit. At the prompt events also appear above the line you type: a
                burst in full, of a flood as many as one can read (set events off stops that); in scripts they go to stdout.
                The last 20,000 or so are kept: on the screen the arrows, PgUp, PgDn, Home (or b, g) go back to them, End (or
                G) to what comes. events NUMBER prints so many of the last, events all prints all that were kept. The kernel
                never waits for a reader: events that found no room are counted as dropped.""";
    }

    @Override
    protected List<String> examples() {
        return List.of("events", "events 50");
    }

    @Override
    protected void check(CommandContext context) {
        if (!words(context).isEmpty()) {
            String most = only(context);
            if (!most.equals("all") && !most.matches("[1-9][0-9]{0,8}")) {
                throw new Failure("events takes a number of events or all, not '" + most + "'", "usage: " + usage());
            }
        }
        host.mayWatchEvents();
    }

    @Override
    protected void run(CommandContext context) {
        if (words(context).isEmpty()) {
            host.watchEvents();
            return;
        }
        String most = only(context);
        host.printEvents(most.equals("all") ? Long.MAX_VALUE : Long.parseLong(most),
                (line, fields) -> workspace().output().result("event", line, fields));
    }
}
