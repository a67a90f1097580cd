// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.base.text.Printable;
import dev.regsh.shell.completion.Proposal;
import dev.regsh.shell.output.Columns;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jline.reader.Candidate;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.CompletionMatcher;
import org.jline.reader.LineReader;
import org.jline.terminal.Terminal;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.completion.CompletionProposal;

/** The list below the line that Tab shows: names, and beside them what they mean; no longer than the screen. */
final class Menu implements CompletionMatcher {
    private static final String GAP = "  ";
    /** A longer name's meaning stands further to the right than those of the others. */
    private static final int WIDEST_NAME = 32;
    /** Lines that are not the list's: the one being typed and, if it is long, some of it. */
    private static final int OTHER_LINES = 3;
    /** Between columns, where the line reader puts several in a line. */
    private static final int MARGIN = 3;

    private final Terminal terminal;
    private List<Candidate> found = List.of();

    Menu(Terminal terminal) {
        this.terminal = terminal;
    }

    /** @param width of the terminal */
    static List<Candidate> candidates(List<CompletionProposal> proposals, int width) {
        Map<String, Integer> widths = new HashMap<>();
        for (CompletionProposal each : proposals) {
            if (!Proposal.description(each).isEmpty()) {
                widths.merge(Proposal.group(each), Math.min(Columns.of(each.value()), WIDEST_NAME), Math::max);
            }
        }
        List<Candidate> candidates = new ArrayList<>();
        for (CompletionProposal each : proposals) {
            String shown = Printable.escape(each.value());
            if (!Proposal.description(each).isEmpty()) {
                shown = Columns.padded(shown, widths.getOrDefault(Proposal.group(each), 0)) + GAP
                        + Printable.escape(Proposal.description(each));
            }
            String cut = Columns.cut(shown, width - 1);
            candidates.add(new Candidate(each.value(), cut, each.category(), null, null, null, each.complete(), candidates.size()));
        }
        return candidates;
    }

    @Override
    public void compile(Map<LineReader.Option, Boolean> options, boolean prefix, CompletingParsedLine line,
            boolean caseInsensitive, int errors, String originalGroupName) {
        found = List.of();
    }

    /** All that was found counts for what Tab adds to the line; of more than the screen holds the last are only counted. */
    @Override
    public List<Candidate> matches(List<Candidate> candidates) {
        found = candidates;
        long groups = candidates.stream().map(Candidate::group).distinct().count();
        int longest = candidates.stream().mapToInt(each -> Columns.of(each.displ())).max().orElse(1);
        int columns = Math.max(1, terminal.getWidth() / (longest + MARGIN));
        int most = Math.max(1, terminal.getHeight() - OTHER_LINES - (int) groups) * columns;
        if (candidates.size() <= most) {
            return candidates;
        }
        List<Candidate> shown = new ArrayList<>(candidates.subList(0, most - 1));
        String rest = "and " + (candidates.size() - shown.size()) + " more";
        shown.add(new Candidate("", rest, candidates.get(most - 1).group(), null, null, null, false, most));
        return shown;
    }

    @Override
    public @Nullable Candidate exactMatch() {
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
            while (same < Math.min(common.length(), each.value().length()) && common.charAt(same) == each.value().charAt(same)) {
                same++;
            }
            common = common.substring(0, same);
        }
        return common;
    }
}
