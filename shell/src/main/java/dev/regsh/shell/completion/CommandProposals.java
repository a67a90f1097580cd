// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.shell.command.CommandLine;
import dev.regsh.shell.option.Options;
import java.util.ArrayList;
import java.util.List;

/** First words, and what each command takes. */
final class CommandProposals {
    private final CommandLine commands;
    private final Completions.Names names;
    private final FunctionProposals functions;

    CommandProposals(CommandLine commands, Completions.Names names, FunctionProposals functions) {
        this.commands = commands;
        this.names = names;
        this.functions = functions;
    }

    List<Proposal> first() {
        List<Proposal> found = new ArrayList<>();
        for (String word : commands.firstWords()) {
            String meaning = commands.describe(word);
            found.add(Proposal.word(word, meaning.isEmpty() ? KeywordProposals.meaning(word) : meaning,
                    meaning.isEmpty() ? "statements" : "commands"));
        }
        return found;
    }

    /** @param words of the statement so far, the command first */
    List<Proposal> operands(List<String> words, String prefix, boolean quoted) {
        boolean first = words.size() == 1;
        List<Proposal> found = new ArrayList<>();
        switch (words.get(0)) {
            case "detach", "arm", "disarm" -> {
                found.addAll(rules());
                found.add(Proposal.word("all", "every rule of this session", "rules"));
                found.add(Proposal.word("--all", "every rule of this machine", "rules"));
            }
            case "keep" -> {
                found.addAll(rules());
                found.add(Proposal.word("all", "every rule of this session", "rules"));
            }
            case "list" -> found.add(Proposal.word("--all", "rules of other sessions, and kept ones, too", "options"));
            case "info", "find" -> found.addAll(first ? functions.functions(prefix) : List.of());
            case "save", "replay" -> found.addAll(FileProposals.files(prefix, quoted ? "\"" : "", quoted,
                    file -> file.toString().endsWith(".rsh")));
            case "help" -> {
                if (first) {
                    found.addAll(first());
                    KeywordProposals.clauses().stream().filter(clause -> found.stream()
                            .noneMatch(each -> each.text().equals(clause.text()))).forEach(found::add);
                }
            }
            case "set" -> {
                if (first) {
                    Options.meanings().forEach((name, meaning) -> found.add(Proposal.word(name, meaning, "options")));
                } else if (words.size() == 2) {
                    found.add(Proposal.word("on", "", "values"));
                    found.add(Proposal.word("off", "", "values"));
                }
            }
            default -> { }
        }
        return found;
    }

    private List<Proposal> rules() {
        List<Proposal> found = new ArrayList<>();
        names.rules().forEach((name, rule) -> found.add(Proposal.word(name, rule, "rules")));
        return found;
    }
}
