// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.grammar.Parser;
import dev.regsh.grammar.assist.Expectation;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;

/** Lines as the grammar sees them: goes on while a bracket or a string is open; the word to complete is the grammar's. */
final class LineParser implements org.jline.reader.Parser {
    /** @param word the part before the cursor of what is to be completed */
    private record Line(String line, int cursor, String word) implements CompletingParsedLine {
        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return word.length();
        }

        @Override
        public int rawWordLength() {
            return word.length();
        }

        @Override
        public int wordCursor() {
            return word.length();
        }

        @Override
        public int wordIndex() {
            return 0;
        }

        @Override
        public List<String> words() {
            return List.of(word);
        }
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        if (context == ParseContext.ACCEPT_LINE && !Parser.isComplete(line)) {
            throw new EOFError(-1, -1, "open");
        }
        int start = context == ParseContext.COMPLETE ? Math.min(Expectation.at(line, cursor).start(), cursor) : cursor;
        return new Line(line, cursor, line.substring(start, cursor));
    }

    @Override
    public boolean isEscapeChar(char c) {
        return false;
    }
}
