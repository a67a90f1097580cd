// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.shell.output.Output;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.springframework.shell.core.command.Command;

/** {@code help}: shows the commands, from what they say of themselves. */
final class HelpCommand extends RegshCommand {
    private final Supplier<? extends java.util.Collection<Command>> commands;
    private final Output output;

    HelpCommand(Supplier<? extends java.util.Collection<Command>> commands, Output output) {
        super("help", "", "shows the commands");
        this.commands = commands;
        this.output = output;
    }

    @Override
    void run(List<String> words) {
        none(words);
        output.result("help", """
                rules      on FUNCTION[+OFFSET] set REGISTER=VALUE... [ret=VALUE]    change arguments, or skip and return
                           on FUNCTION ret=-ENOMEM                                   skip the function, return that
                           after FUNCTION ret=VALUE                                  change what it returned
                clauses    when EXPR  pid N  comm "NAME"  skip N  every N  limit N  chance P%  for 10s  log EXPR  as NAME
                scripts    ! COMMAND   expect EXPR   sleep 100ms   wait NAME fired N   let NAME = VALUE   onerror stop""",
                Map.of());
        commands.get().stream().map(RegshCommand.class::cast).sorted(Comparator.comparing(RegshCommand::getName))
                .forEach(command -> output.result("command", String.format("  %-22s %s", command.usage(),
                        command.getDescription()), Map.of("name", command.getName(), "usage", command.usage(),
                        "description", command.getDescription())));
    }
}
