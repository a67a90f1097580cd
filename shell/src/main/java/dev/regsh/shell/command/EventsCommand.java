// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import java.util.List;

/** {@code events}: shows the events as they come. */
final class EventsCommand extends RegshCommand {
    private final Host host;

    EventsCommand(Host host) {
        super("events", "", "shows what rules log on the whole screen, with rates; q ends it");
        this.host = host;
    }

    @Override
    String details() {
        return """
                Rules with log, and dry ones, send an event a hit. At the prompt events also appear above the line you type
                (set events off stops that); in scripts they go to stdout. The kernel never waits for a reader: events that
                found no room are counted as dropped.""";
    }

    @Override
    List<String> examples() {
        return List.of("events");
    }

    @Override
    void run(List<String> words) {
        none(words);
        host.watchEvents();
    }
}
