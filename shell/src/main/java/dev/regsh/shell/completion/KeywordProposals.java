// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.grammar.clause.ClauseKind;
import dev.regsh.shell.language.LanguageTopics;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** The words of the language, with what they mean. */
public final class KeywordProposals {
    static final List<CompletionProposal> DURATIONS = words("durations", "10ms", "100ms", "1s", "10s", "1m", "1h");
    static final List<CompletionProposal> SIGNALS = words("signals", "HUP", "INT", "QUIT", "ABRT", "BUS", "FPE", "KILL", "USR1",
            "SEGV",
            "USR2", "PIPE", "ALRM", "TERM", "CHLD", "CONT", "STOP", "TSTP", "XCPU", "WINCH");
    static final List<CompletionProposal> CONTEXT = List.of(
            context("pid", "the process"), context("tid", "the thread"), context("uid", "the user"), context("gid",
                    "the group"),
            context("cpu", "the processor"), context("comm", "the process's name, compared with a string"),
            context("cgroup", "the cgroup's id"), context("time", "nanoseconds since boot"),
            context("hits", "how often the rule matched before"));
    static final List<CompletionProposal> SCRIPT_VALUES = List.of(
            context("hits", "of a rule: hits NAME"), context("fired", "of a rule: fired NAME"),
            context("errors", "of a rule: errors NAME"), context("missed", "of a rule: missed NAME"),
            context("status", "exit status of the last ! command"), context("output",
                    "what it printed, compared with a string"),
            context("rules", "how many rules are attached"));

    private KeywordProposals() {}

    private static CompletionProposal context(String name, String meaning) {
        return Proposal.word(name, meaning, "context");
    }

    private static List<CompletionProposal> words(String group, String... words) {
        return Stream.of(words).map(word -> Proposal.word(word, "", group)).toList();
    }

    static String meaning(String word) {
        return LanguageTopics.meaning(word);
    }

    /** The words clauses begin with, as help takes them. */
    public static List<CompletionProposal> clauses() {
        return Stream.of(ClauseKind.values()).map(clause -> Proposal.word(clause.word(), clause.meaning(), "clauses")).toList();
    }

    static CompletionProposal of(String word) {
        boolean goesOn = word.endsWith("=") || word.endsWith("[") || word.endsWith("(");
        return Proposal.of(word, meaning(word), "words", !goesOn);
    }
}
