// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.shell.Failure;
import dev.regsh.shell.output.Output;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.shell.core.command.Command;

/** {@code help}: shows the commands, from what they say of themselves. */
final class HelpCommand extends RegshCommand {
    private static final String LANGUAGE = """
            rules     on FUNCTION[+OFFSET] set NAME=VALUE...   change arguments, registers
                      on FUNCTION ret=-ENOMEM                  return that, do not run it
                      after FUNCTION ret=VALUE                 change what it returned
                      dry on FUNCTION ...                      only say what would change
            clauses   when EXPR  pid N  comm "NAME"  skip N  every N  limit N  chance P%
                      for 10s  log EXPR  as NAME, and more: Tab shows them
            scripts   ! COMMAND  expect EXPR  sleep 100ms  wait NAME fired N
                      let NAME = VALUE  onerror stop
            commands  (help COMMAND says more)""";

    /** Of what is filled, beside an indent, on a terminal of 80 columns. */
    private static final int WIDTH = 76;

    private final Supplier<? extends java.util.Collection<Command>> commands;
    private final Output output;

    HelpCommand(Supplier<? extends java.util.Collection<Command>> commands, Output output) {
        super("help", "[COMMAND]", "shows the commands, or one in full");
        this.commands = commands;
        this.output = output;
    }

    @Override
    String details() {
        return "help --man prints the manual page.";
    }

    @Override
    List<String> examples() {
        return List.of("help", "help keep");
    }

    @Override
    void check(List<String> words) {
        if (!words.isEmpty() && !only(words).equals("--man")) {
            named(words.get(0));
        }
    }

    @Override
    void run(List<String> words) {
        if (words.isEmpty()) {
            output.result("help", LANGUAGE, Map.of("text", LANGUAGE));
            all().forEach(command -> output.result("command", String.format("  %-9s %s", command.getName(),
                    command.getDescription()), fields(command)));
            return;
        }
        String name = words.get(0);
        if (name.equals("--man")) {
            String page = ManPage.of(all(), LANGUAGE.substring(0, LANGUAGE.lastIndexOf('\n')));
            output.result("manual", page.stripTrailing(), Map.of("text", page));
            return;
        }
        RegshCommand command = named(name);
        output.result("command", text(command), fields(command));
    }

    private RegshCommand named(String name) {
        return all().stream().filter(command -> command.getName().equals(name)).findFirst().orElseThrow(() ->
                new Failure("no command '" + name + "'", "help shows the commands"));
    }

    private List<RegshCommand> all() {
        return commands.get().stream().map(RegshCommand.class::cast).sorted(Comparator.comparing(RegshCommand::getName))
                .toList();
    }

    static String text(RegshCommand command) {
        StringBuilder text = new StringBuilder(command.usage()).append("\n  ").append(command.getDescription());
        if (!command.details().isEmpty()) {
            text.append("\n\n").append(Prose.filled(command.details(), WIDTH).indent(2).stripTrailing());
        }
        if (!command.examples().isEmpty()) {
            text.append("\n\nexamples\n  ").append(String.join("\n  ", command.examples()));
        }
        return text.toString();
    }

    private static Map<String, Object> fields(RegshCommand command) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", command.getName());
        fields.put("usage", command.usage());
        fields.put("description", command.getDescription());
        fields.put("details", command.details());
        fields.put("examples", command.examples());
        return fields;
    }
}
