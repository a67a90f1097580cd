// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.session.failure.Failure;
import java.util.List;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandOption;

/** A command of the shell, and all that help, {@code --help}, Tab and the manual say of it. */
public abstract class RegshCommand extends SessionCommand {
    private final String operands;

    /** @param operands as help shows them; empty: it takes none */
    protected RegshCommand(Workspace workspace, String name, String operands, String description) {
        super(workspace, name, description, COMMANDS);
        this.operands = operands;
    }

    final String usage() {
        return operands.isEmpty() ? getName() : getName() + " " + operands;
    }

    /** What there is to know beyond the description; see {@link Prose}. */
    protected String details() {
        return "";
    }

    protected List<String> examples() {
        return List.of();
    }

    /** Spring Shell's own text for a command; {@code --help} shows more, as the command help does. */
    @Override
    public final String getHelp() {
        return HelpCommand.text(this);
    }

    /** An option without a value, for {@link #setOptions}. */
    protected static CommandOption option(String name, String meaning) {
        return CommandOption.with().longName(name).description(meaning).type(boolean.class).build();
    }

    protected static boolean has(CommandContext context, String option) {
        return context.getOptionByLongName(option) != null;
    }

    /** The operands: the words that are no options of the command. */
    protected static List<String> words(CommandContext context) {
        return context.parsedInput().arguments().stream().map(CommandArgument::value).toList();
    }

    /** There is one operand: that. */
    protected final String only(CommandContext context) {
        List<String> words = words(context);
        if (words.size() != 1) {
            throw new Failure(words.isEmpty() ? getName() + " needs an operand" : getName() + " takes one operand",
                    "usage: " + usage());
        }
        return words.get(0);
    }

    protected final List<String> some(CommandContext context, String what) {
        List<String> words = words(context);
        if (words.isEmpty()) {
            throw new Failure(getName() + " needs " + what, "usage: " + usage());
        }
        return words;
    }

    protected final void none(CommandContext context) {
        if (!words(context).isEmpty()) {
            throw new Failure(getName() + " takes no operand", "usage: " + usage());
        }
    }
}
