// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.grammar.assist.Highlight;
import dev.regsh.grammar.source.Span;
import dev.regsh.session.machine.KernelSymbols;
import dev.regsh.shell.option.Options;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import org.jspecify.annotations.Nullable;
import org.springframework.shell.core.command.CommandRegistry;

/** Colours the line by its tokens, and underlines what is wrong already: syntax, a command or a function there is not. */
final class LineHighlighter implements Highlighter {
    private static final Map<Highlight.Kind, AttributedStyle> STYLES = new EnumMap<>(Highlight.Kind.class);
    private static final Pattern FUNCTION = Pattern.compile("[A-Za-z_][\\w.]*");
    /** Longer lines are pasted, and not worth the time at each key. */
    private static final int LONGEST = 4096;

    static {
        AttributedStyle plain = AttributedStyle.DEFAULT;
        STYLES.put(Highlight.Kind.STATEMENT, plain.bold());
        STYLES.put(Highlight.Kind.COMMAND, plain.bold());
        STYLES.put(Highlight.Kind.SHELL, plain.foreground(AttributedStyle.YELLOW));
        STYLES.put(Highlight.Kind.PROBE, plain.foreground(AttributedStyle.GREEN));
        STYLES.put(Highlight.Kind.CLAUSE, plain.foreground(AttributedStyle.CYAN));
        STYLES.put(Highlight.Kind.TYPE, plain.foreground(AttributedStyle.CYAN));
        STYLES.put(Highlight.Kind.NUMBER, plain.foreground(AttributedStyle.MAGENTA));
        STYLES.put(Highlight.Kind.ERRNO, plain.foreground(AttributedStyle.MAGENTA).bold());
        STYLES.put(Highlight.Kind.STRING, plain.foreground(AttributedStyle.YELLOW));
        STYLES.put(Highlight.Kind.VARIABLE, plain.foreground(AttributedStyle.BLUE).bold());
        STYLES.put(Highlight.Kind.COMMENT, plain.foreground(AttributedStyle.BRIGHT));
        STYLES.put(Highlight.Kind.WRONG, plain.foreground(AttributedStyle.RED).underline());
    }

    private final CommandRegistry commands;
    private final KernelSymbols symbols;
    private final Options options;
    private final Map<String, String> variables;

    /** @param variables of the script language, those that have a value */
    LineHighlighter(CommandRegistry commands, KernelSymbols symbols, Options options, Map<String, String> variables) {
        this.commands = commands;
        this.symbols = symbols;
        this.options = options;
        this.variables = variables;
    }

    @Override
    public AttributedString highlight(@Nullable LineReader reader, String text) {
        if (text.isEmpty() || text.length() > LONGEST || !options.on(Options.HIGHLIGHT)) {
            return new AttributedString(text);
        }
        List<Highlight> parts = dev.regsh.grammar.assist.Highlighter.of(text);
        AttributedStyle[] styles = new AttributedStyle[text.length()];
        for (Highlight part : parts) {
            boolean unknown = part.end() < text.length() && unknown(part.kind(), text.substring(part.start(), part.end()));
            paint(styles, part.start(), part.end(), STYLES.get(unknown ? Highlight.Kind.WRONG : part.kind()));
        }
        Optional<Span> wrong = dev.regsh.grammar.assist.Highlighter.wrong(text, variables);
        wrong.ifPresent(span -> underline(styles, span.offset(), span.offset() + Math.max(1, span.length())));
        AttributedStringBuilder line = new AttributedStringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            line.style(styles[i] == null ? AttributedStyle.DEFAULT : styles[i]).append(text.charAt(i));
        }
        return line.toAttributedString();
    }

    private boolean unknown(Highlight.Kind kind, String word) {
        if (kind == Highlight.Kind.COMMAND) {
            return commands.getCommandByName(word) == null;
        }
        return kind == Highlight.Kind.PROBE && FUNCTION.matcher(word).matches() && symbols.ready()
                && symbols.all().size() > 0
                && symbols.all().named(word).isEmpty();
    }

    private static void paint(AttributedStyle[] styles, int from, int to, @Nullable AttributedStyle style) {
        for (int i = from; style != null && i < Math.min(to, styles.length); i++) {
            styles[i] = style;
        }
    }

    private static void underline(AttributedStyle[] styles, int from, int to) {
        for (int i = from; i < Math.min(to, styles.length); i++) {
            styles[i] = (styles[i] == null ? AttributedStyle.DEFAULT : styles[i]).underline();
        }
    }

    @Override
    public void setErrorPattern(Pattern pattern) {
        // What is wrong is known better than by a pattern.
    }

    @Override
    public void setErrorIndex(int index) {
        // As above.
    }
}
