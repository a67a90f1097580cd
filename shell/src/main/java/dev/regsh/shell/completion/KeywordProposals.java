// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The words of the language, with what they mean. */
final class KeywordProposals {
    private static final Map<String, String> MEANINGS = Map.ofEntries(
            Map.entry("on", "when a function is called, or at an instruction"),
            Map.entry("after", "when a function returns"),
            Map.entry("dry", "say what a rule would change, change nothing"),
            Map.entry("expect", "fail unless a condition holds: expect hits NAME == 1"),
            Map.entry("sleep", "do nothing for a time"),
            Map.entry("wait", "for a time, or until a rule has fired: wait NAME fired 3"),
            Map.entry("let", "set a script variable"),
            Map.entry("onerror", "stop or continue after a failed statement"),
            Map.entry("set", "write registers or parameters"),
            Map.entry("ret=", "the value to return"),
            Map.entry("when", "only if a condition holds"),
            Map.entry("pid", "only in these processes"),
            Map.entry("tid", "only in this thread"),
            Map.entry("uid", "only for this user"),
            Map.entry("comm", "only in processes of this name"),
            Map.entry("cgroup", "only in this cgroup and below"),
            Map.entry("caller", "only when called from this function"),
            Map.entry("skip", "not the first N times"),
            Map.entry("every", "only each N-th time"),
            Map.entry("limit", "at most N times"),
            Map.entry("chance", "only with this probability: chance 10%"),
            Map.entry("for", "detach after a time"),
            Map.entry("goto", "run another function instead"),
            Map.entry("write", "write memory"),
            Map.entry("signal", "send the process a signal"),
            Map.entry("log", "send an event, with these values"),
            Map.entry("as", "name the rule"),
            Map.entry("force", "insist, where regsh would refuse"),
            Map.entry("user", "memory of the process"),
            Map.entry("str(", "the text at an address"),
            Map.entry("stop", "end the script at the first failure"),
            Map.entry("continue", "go on after a failure"),
            Map.entry("fired", "times the rule acted"));

    static final List<Proposal> DURATIONS = words("durations", "10ms", "100ms", "1s", "10s", "1m", "1h");
    static final List<Proposal> SIGNALS = words("signals", "HUP", "INT", "QUIT", "ABRT", "BUS", "FPE", "KILL", "USR1",
            "SEGV",
            "USR2", "PIPE", "ALRM", "TERM", "CHLD", "CONT", "STOP", "TSTP", "XCPU", "WINCH");
    static final List<Proposal> CONTEXT = List.of(
            context("pid", "the process"), context("tid", "the thread"), context("uid", "the user"), context("gid",
                    "the group"),
            context("cpu", "the processor"), context("comm", "the process's name, compared with a string"),
            context("cgroup", "the cgroup's id"), context("time", "nanoseconds since boot"),
            context("hits", "how often the rule matched before"));
    static final List<Proposal> SCRIPT_VALUES = List.of(
            context("hits", "of a rule: hits NAME"), context("fired", "of a rule: fired NAME"),
            context("errors", "of a rule: errors NAME"), context("missed", "of a rule: missed NAME"),
            context("status", "exit status of the last ! command"), context("output",
                    "what it printed, compared with a string"),
            context("rules", "how many rules are attached"));

    private KeywordProposals() {}

    private static Proposal context(String name, String meaning) {
        return Proposal.word(name, meaning, "context");
    }

    private static List<Proposal> words(String group, String... words) {
        return Stream.of(words).map(word -> Proposal.word(word, "", group)).toList();
    }

    static String meaning(String word) {
        return MEANINGS.getOrDefault(word, "");
    }

    static Proposal of(String word) {
        boolean goesOn = word.endsWith("=") || word.endsWith("[") || word.endsWith("(");
        return new Proposal(word, meaning(word), "words", !goesOn);
    }
}
