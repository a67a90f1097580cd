// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.bpf.register.Architecture;
import dev.regsh.grammar.errno.Errno;
import dev.regsh.shell.command.CommandLine;
import dev.regsh.shell.session.Session;
import java.util.List;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Tab: first words, kernel functions, registers, errno names, live rules, by what stands before the cursor. */
final class RegshCompleter implements Completer {
    /** More than these no terminal shows, and JLine takes long to sort them. */
    private static final int MOST = 500;
    private static final List<String> CLAUSES = List.of("set", "ret=", "when", "pid", "tid", "uid", "comm", "limit", "skip",
            "every", "chance", "for", "log", "as", "force", "goto", "caller", "cgroup", "signal", "write");

    private final CommandLine commands;
    private final Session session;

    RegshCompleter(CommandLine commands, Session session) {
        this.commands = commands;
        this.session = session;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        String word = line.word().substring(0, line.wordCursor());
        List<String> before = line.words().subList(0, line.wordIndex());
        String first = before.isEmpty() ? "" : before.get(0);
        String last = before.isEmpty() ? "" : before.get(before.size() - 1);
        if (before.isEmpty()) {
            add(candidates, "", commands.firstWords().stream(), true);
        } else if (last.equals("on") || last.equals("after") || last.equals("goto") || last.equals("caller")
                || first.equals("info") || first.equals("find")) {
            functions(word, candidates);
        } else if (first.equals("detach") || first.equals("arm") || first.equals("disarm")) {
            add(candidates, "", Stream.concat(session.rules().stream().map(rule -> rule.name()), Stream.of("all")), true);
        } else if (first.equals("on") || first.equals("after") || first.equals("dry") || first.equals("plan")) {
            clause(word, before, candidates);
        }
    }

    private void functions(String word, List<Candidate> candidates) {
        int colon = word.indexOf(':');
        if (session.symbols().ready()) {
            add(candidates, word.substring(0, colon + 1),
                    session.symbols().all().startingWith(word.substring(colon + 1), MOST).stream(), true);
        }
    }

    private void clause(String word, List<String> before, List<Candidate> candidates) {
        int equals = word.lastIndexOf('=');
        if (equals >= 0) {
            add(candidates, word.substring(0, equals + 1), Errno.all().stream().map(e -> "-" + e.name()), true);
            return;
        }
        int set = before.lastIndexOf("set");
        boolean assigning = set >= 0 && before.subList(set + 1, before.size()).stream().allMatch(w -> w.contains("="));
        if (assigning) {
            add(candidates, "", Architecture.ofThisMachine().registers().all().stream().filter(r -> r.bits() == 64)
                    .map(r -> r.name() + "="), false);
            add(candidates, "", Stream.of("ret="), false);
        }
        if (!assigning || set < before.size() - 1) {
            add(candidates, "", CLAUSES.stream(), true);
        }
    }

    private static void add(List<Candidate> candidates, String prefix, Stream<String> words, boolean complete) {
        words.forEach(word -> candidates.add(new Candidate(prefix + word, word, null, null, null, null,
                complete && !word.endsWith("="))));
    }
}
