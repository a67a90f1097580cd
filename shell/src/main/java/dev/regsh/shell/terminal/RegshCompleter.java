// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.shell.completion.Completions;
import dev.regsh.shell.completion.Proposal;
import dev.regsh.shell.output.Printable;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.CompletionMatcher;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Tab. What fits has been picked and ordered already, so the line reader shows all it gets, in that order. */
final class RegshCompleter implements Completer {
    private final Completions completions;

    RegshCompleter(Completions completions) {
        this.completions = completions;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        Completions.Answer answer = completions.at(line.line(), line.cursor());
        int rank = 0;
        for (Proposal each : answer.proposals()) {
            String description = each.description().isEmpty() ? null : Printable.escape(each.description());
            candidates.add(new Candidate(each.text(), Printable.escape(each.text()), each.group(), description, null, null,
                    each.closed(), rank++));
        }
    }

    /** Takes every candidate as it is. */
    static final class Matcher implements CompletionMatcher {
        private List<Candidate> found = List.of();

        @Override
        public void compile(Map<LineReader.Option, Boolean> options, boolean prefix, CompletingParsedLine line,
                boolean caseInsensitive, int errors, String originalGroupName) {
            found = List.of();
        }

        @Override
        public List<Candidate> matches(List<Candidate> candidates) {
            found = candidates;
            return candidates;
        }

        @Override
        public Candidate exactMatch() {
            return null;
        }

        @Override
        public String getCommonPrefix() {
            if (found.isEmpty()) {
                return "";
            }
            String common = found.get(0).value();
            for (Candidate each : found) {
                int same = 0;
                while (same < Math.min(common.length(), each.value().length())
                        && common.charAt(same) == each.value().charAt(same)) {
                    same++;
                }
                common = common.substring(0, same);
            }
            return common;
        }
    }
}
