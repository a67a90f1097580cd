// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.shell.completion.Completions;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Tab. What fits has been picked and ordered already, so the line reader takes all it gets, in that order. */
final class RegshCompleter implements Completer {
    private final Completions completions;

    RegshCompleter(Completions completions) {
        this.completions = completions;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        candidates.addAll(Menu.candidates(completions.at(line.line(), line.cursor()).proposals(),
                reader.getTerminal().getWidth()));
    }
}
