// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.completion.Completions;
import dev.regsh.shell.option.Options;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jline.keymap.KeyMap;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.Reference;
import org.jline.terminal.Terminal;
import org.jline.widget.AutosuggestionWidgets;
import org.springframework.shell.core.command.CommandRegistry;

/** Makes the reader of lines: JLine's, with the language's own parser, Tab and colours. */
final class LineReaders {
    private LineReaders() {}

    static LineReader of(Terminal terminal, Workspace workspace, CommandRegistry commands, Completions completions) {
        Options options = workspace.options();
        LineReader built = LineReaderBuilder.builder().terminal(terminal).parser(new LineParser())
                .completer(new RegshCompleter(completions)).completionMatcher(new Menu(terminal))
                .highlighter(new LineHighlighter(commands, workspace.session().symbols(), options, workspace.variables()))
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.AUTO_MENU, false)
                .option(LineReader.Option.AUTO_GROUP, true)
                .option(LineReader.Option.GROUP_PERSIST, true)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "  ...> ")
                // The menu sees to that itself.
                .variable(LineReader.LIST_MAX, Integer.MAX_VALUE)
                .build();
        Path history = StateFolder.file("history");
        if (history != null) {
            built.setVariable(LineReader.HISTORY_FILE, history);
        }
        boolean dumb = terminal.getType().startsWith("dumb");
        if (options.on(Options.SUGGESTIONS) && !dumb) {
            new AutosuggestionWidgets(built).enable();
        }
        endWithCtrlD(built);
        return built;
    }

    /** JLine would ask the terminal which key it is. */
    private static void endWithCtrlD(LineReader reader) {
        reader.getWidgets().put("end-of-input-or-delete", () -> {
            if (reader.getBuffer().length() == 0) {
                throw new EndOfFileException();
            }
            reader.callWidget(LineReader.DELETE_CHAR_OR_LIST);
            return true;
        });
        for (String map : List.of(LineReader.EMACS, LineReader.VIINS, LineReader.DUMB)) {
            Objects.requireNonNull(reader.getKeyMaps().get(map)).bind(new Reference("end-of-input-or-delete"), KeyMap.ctrl('D'));
        }
    }
}
