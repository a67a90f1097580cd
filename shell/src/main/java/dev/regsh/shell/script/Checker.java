// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import dev.regsh.grammar.clause.AsClause;
import dev.regsh.grammar.clause.ForClause;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.grammar.statement.Statement;
import dev.regsh.session.Session;
import dev.regsh.session.failure.Failure;
import dev.regsh.shell.command.CommandLine;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * Stands where statements are carried out, and carries none out: it refuses those that a run would refuse whatever rules, commands
 * and the kernel come to say meanwhile. Which rules there are at each statement it keeps account of.
 */
final class Checker {
    private final Session session;
    private final CommandLine commands;
    private final Map<String, String> variables;
    private final BiConsumer<String, List<String>> scripts;
    /** Numbers of rules by their names. */
    private final Map<String, Integer> attached = new LinkedHashMap<>();
    /** Those whose time may be over. */
    private final Set<String> brief = new HashSet<>();
    private int lastId;

    /** @param scripts checks a script that is to be replayed with its arguments */
    Checker(Session session, CommandLine commands, Map<String, String> variables, BiConsumer<String, List<String>> scripts) {
        this.session = session;
        this.commands = commands;
        this.variables = variables;
        this.scripts = scripts;
    }

    /** @return whether the statement asks to leave */
    boolean check(Source source, Statement statement) {
        if (statement instanceof Rule rule) {
            rule(rule);
        } else if (statement instanceof Statement.Command command) {
            command(source, command);
            return CommandLine.leaves(command);
        } else if (statement instanceof Statement.Expect expect) {
            new ExpectationEvaluator(new Unknown()).value(expect.condition());
        } else if (statement instanceof Statement.Wait wait) {
            known(wait.rule());
        } else if (statement instanceof Statement.Let let) {
            Unknown facts = new Unknown();
            long value = new ExpectationEvaluator(facts).value(let.value());
            variables.put(let.name(), facts.asked ? Placeholders.VALUE : Long.toString(value));
        }
        return false;
    }

    private void rule(Rule rule) {
        lastId++;
        // Of one that waits for its module nothing else is known.
        if (session.awaited(rule).isEmpty()) {
            session.plan(rule);
        }
        String name = rule.clause(AsClause.class).map(AsClause::name).orElse(Integer.toString(lastId));
        if (attached.put(name, lastId) != null && !brief.contains(name)) {
            throw Session.nameTaken(name);
        }
        if (rule.clause(ForClause.class).isPresent()) {
            brief.add(name);
        }
    }

    private void known(String rule) {
        if (!isAttached(rule)) {
            throw Session.noRule(rule);
        }
    }

    private boolean isAttached(String rule) {
        return attached.containsKey(rule) || attached.values().stream().anyMatch(id -> Integer.toString(id).equals(rule));
    }

    private void command(Source source, Statement.Command command) {
        commands.check(source, command, variables);
        List<String> operands = command.words().subList(1, command.words().size());
        if (operands.contains("--help")) {
            return;
        }
        switch (command.words().get(0)) {
            case "replay" -> scripts.accept(operands.get(0), operands.subList(1, operands.size()));
            case "keep" -> {
                operands.stream().filter(rule -> !rule.equals("all")).forEach(this::known);
                operands.forEach(this::forget);
            }
            // Some options change what is refused.
            case "set" -> {
                if (operands.size() == 2) {
                    commands.execute(source, command, variables);
                }
            }
            // They may be of other sessions.
            case "detach" -> operands.forEach(this::forget);
            default -> { }
        }
    }

    private void forget(String rule) {
        if (rule.equals("all") || rule.equals("--all")) {
            attached.clear();
        }
        attached.entrySet().removeIf(each -> each.getKey().equals(rule) || Integer.toString(each.getValue()).equals(rule));
    }

    /** Which rules there are is known, and nothing of what they and commands will do. */
    private final class Unknown implements Facts {
        private boolean asked;

        @Override
        public long status() {
            asked = true;
            return 0;
        }

        @Override
        public String output() {
            asked = true;
            return "";
        }

        @Override
        public long rules() {
            asked = true;
            return 0;
        }

        @Override
        public OptionalLong counter(String rule, String counter) {
            asked = true;
            return isAttached(rule) ? OptionalLong.of(0) : OptionalLong.empty();
        }

        @Override
        public boolean whole() {
            return true;
        }
    }
}
