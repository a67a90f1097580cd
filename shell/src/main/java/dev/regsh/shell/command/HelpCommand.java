// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.base.text.Nearest;
import dev.regsh.grammar.clause.ClauseKind;
import dev.regsh.session.failure.Failure;
import dev.regsh.shell.completion.FirstWords;
import dev.regsh.shell.completion.KeywordProposals;
import dev.regsh.shell.language.LanguageTopics;
import dev.regsh.shell.output.Output;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.shell.core.command.CommandContext;
import org.springframework.shell.core.command.CommandRegistry;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** {@code help}: shows the commands, from what they say of themselves. */
final class HelpCommand extends RegshCommand {
    /** What {@code help rules} and the like show. */
    private static final Set<String> LANGUAGE_WORDS = Set.of("rules", "rule", "clauses", "clause", "language", "scripts", "script");

    /** Of what is filled, beside an indent, on a terminal of 80 columns. */
    private static final int WIDTH = 76;

    private static final String MANUAL = "man";

    private final CommandRegistry commands;
    private final Output output;

    HelpCommand(Workspace workspace, CommandRegistry commands) {
        super(workspace, "help", "[COMMAND | WORD]", "shows the commands, or one of them or a word of the language in full");
        this.commands = commands;
        output = workspace.output();
        setAliases(List.of("?"));
        setOptions(List.of(option(MANUAL, "the manual page")));
        setCompletionProvider(new FirstOperand(typed -> words(commands)));
    }

    /** What begins a statement, and the clauses that are not named like one. */
    private static List<CompletionProposal> words(CommandRegistry commands) {
        List<CompletionProposal> found = new ArrayList<>(FirstWords.of(commands));
        KeywordProposals.clauses().stream().filter(clause -> found.stream()
                .noneMatch(each -> each.value().equals(clause.value()))).forEach(found::add);
        return found;
    }

    @Override
    protected String details() {
        return "Words are those of rules and scripts: on, when, log, expect; help rules shows how they go together. ? is help, too."
                + "\nhelp --man prints the manual page.";
    }

    @Override
    protected List<String> examples() {
        return List.of("help", "help keep", "help when");
    }

    @Override
    protected void check(CommandContext context) {
        if (!words(context).isEmpty()) {
            explain(only(context));
        }
    }

    @Override
    protected void run(CommandContext context) {
        if (has(context, MANUAL)) {
            String page = ManPage.of(all(), overview().substring(0, overview().lastIndexOf('\n')));
            output.result("manual", page.stripTrailing(), Map.of("text", page));
            return;
        }
        if (words(context).isEmpty()) {
            output.result("help", overview(), Map.of("text", overview()));
            all().forEach(command -> output.result("command", String.format("  %-9s %s", command.getName(),
                    command.getDescription()), fields(command)));
            return;
        }
        explain(only(context)).forEach(Runnable::run);
    }

    /**
     * What prints all that is known of a word; {@code set} is a clause and a command.
     *
     * @throws Failure if it is nothing
     */
    private List<Runnable> explain(String name) {
        if (LANGUAGE_WORDS.contains(name)) {
            return List.of(() -> output.result("help", overview(), Map.of("text", overview())));
        }
        List<Runnable> found = new ArrayList<>();
        LanguageTopics.Topic topic = LanguageTopics.of(name);
        if (topic != null) {
            found.add(() -> output.result("word", text(topic.usage(), topic.meaning(), topic.details(), topic.examples()),
                    fields(topic.word(), topic.usage(), topic.meaning(), topic.details(), topic.examples())));
        }
        all().stream().filter(command -> command.getName().equals(name)).findFirst()
                .ifPresent(command -> found.add(() -> output.result("command", text(command), fields(command))));
        if (found.isEmpty()) {
            List<String> known = new ArrayList<>(LanguageTopics.words());
            all().forEach(command -> known.add(command.getName()));
            List<String> near = Nearest.of(name, known, 1);
            throw new Failure("no command and no word of the language is '" + name + "'",
                    near.isEmpty() ? "help shows the commands" : "did you mean " + near.get(0) + "?");
        }
        return found;
    }

    /** The language at a glance. */
    private static String overview() {
        return """
                rules     on FUNCTION[+OFFSET] set NAME=VALUE...   change arguments, registers
                          on FUNCTION ret=-ENOMEM                  return that, do not run it
                          after FUNCTION ret=VALUE                 change what it returned
                          dry on FUNCTION ...                      only say what would change
                clauses   %s
                          %s, and more: Tab shows them
                scripts   ! COMMAND  expect EXPR  sleep 100ms  wait NAME fired N
                          let NAME = VALUE  onerror stop
                commands  (help COMMAND says more, help WORD of a word above)""".formatted(
                brief(ClauseKind.WHEN, ClauseKind.PID, ClauseKind.COMM, ClauseKind.SKIP, ClauseKind.EVERY, ClauseKind.LIMIT,
                        ClauseKind.CHANCE),
                brief(ClauseKind.FOR, ClauseKind.LOG, ClauseKind.AS));
    }

    private static String brief(ClauseKind... clauses) {
        return Stream.of(clauses).map(clause -> clause.usage().replace("EXPRESSION", "EXPR").replace("DURATION", "10s")
                .replaceAll("\\[, .*|\\[", "")).collect(Collectors.joining("  "));
    }

    private List<RegshCommand> all() {
        return commands.getCommands().stream().filter(RegshCommand.class::isInstance).map(RegshCommand.class::cast)
                .sorted(Comparator.comparing(RegshCommand::getName))
                .toList();
    }

    static String text(RegshCommand command) {
        return text(command.usage(), command.getDescription(), command.details(), command.examples());
    }

    private static String text(String usage, String description, String details, List<String> examples) {
        StringBuilder text = new StringBuilder(usage).append("\n  ").append(description);
        if (!details.isEmpty()) {
            text.append("\n\n").append(Prose.filled(details, WIDTH).indent(2).stripTrailing());
        }
        if (!examples.isEmpty()) {
            text.append("\n\nexamples\n  ").append(String.join("\n  ", examples));
        }
        return text.toString();
    }

    private static Map<String, Object> fields(RegshCommand command) {
        return fields(command.getName(), command.usage(), command.getDescription(), command.details(), command.examples());
    }

    private static Map<String, Object> fields(String name, String usage, String description, String details,
            List<String> examples) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", name);
        fields.put("usage", usage);
        fields.put("description", description);
        fields.put("details", details);
        fields.put("examples", examples);
        return fields;
    }
}
