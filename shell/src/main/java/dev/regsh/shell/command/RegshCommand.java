// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.session.failure.Failure;
import java.util.List;
import org.springframework.shell.core.command.AbstractCommand;
import org.springframework.shell.core.command.CommandArgument;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.ExitStatus;

/** A command of the shell, and all that help, {@code --help} and the manual say of it. */
abstract class RegshCommand extends AbstractCommand {
    private final String operands;

    /** @param operands as help shows them; empty: it takes none */
    RegshCommand(String name, String operands, String description) {
        super(name, description);
        this.operands = operands;
    }

    final String usage() {
        return operands.isEmpty() ? getName() : getName() + " " + operands;
    }

    /** What there is to know beyond the description; see {@link Prose}. */
    String details() {
        return "";
    }

    List<String> examples() {
        return List.of();
    }

    @Override
    public final ExitStatus doExecute(CommandContext context) {
        List<String> words = context.parsedInput().arguments().stream().map(CommandArgument::value).toList();
        check(words);
        run(words);
        return ExitStatus.OK;
    }

    /** Refuses operands that can be seen to be wrong without running the command. */
    abstract void check(List<String> words);

    /** @param words that were checked */
    abstract void run(List<String> words);

    /** There is one operand: that. */
    final String only(List<String> words) {
        if (words.size() != 1) {
            throw new Failure(words.isEmpty() ? getName() + " needs an operand" : getName() + " takes one operand",
                    "usage: " + usage());
        }
        return words.get(0);
    }

    final void some(List<String> words, String what) {
        if (words.isEmpty()) {
            throw new Failure(getName() + " needs " + what, "usage: " + usage());
        }
    }

    final void none(List<String> words) {
        if (!words.isEmpty()) {
            throw new Failure(getName() + " takes no operand", "usage: " + usage());
        }
    }
}
