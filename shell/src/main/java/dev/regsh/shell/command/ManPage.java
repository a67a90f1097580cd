// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.shell.commandline.CommandLineHelp;
import java.util.List;

/** The manual page, from what the command line and the commands say of themselves; in the language of man(7). */
final class ManPage {
    private final StringBuilder text = new StringBuilder();

    private ManPage() {}

    static String of(List<RegshCommand> commands, String language) {
        ManPage page = new ManPage();
        page.line(".\\\" SPDX-License-Identifier: Apache-2.0");
        page.line(".\\\" Made by: regsh help --man");
        page.line(".TH REGSH 1");
        page.section("NAME");
        page.plain("regsh - change what running code does, at its registers");
        page.section("SYNOPSIS");
        page.verbatim(CommandLineHelp.SYNOPSIS);
        page.section("DESCRIPTION");
        page.plain(CommandLineHelp.DESCRIPTION);
        page.section("OPTIONS");
        page.verbatim(CommandLineHelp.OPTIONS);
        page.section("EXIT STATUS");
        page.plain(CommandLineHelp.EXIT_STATUS);
        page.section("RULES AND SCRIPTS");
        page.verbatim(language);
        page.section("COMMANDS");
        for (RegshCommand command : commands) {
            page.line(".TP");
            page.line(".B " + escape(command.usage()));
            page.plain(command.getDescription() + ".");
            command.details().lines().forEach(page::mixed);
        }
        page.section("FILES");
        page.verbatim(CommandLineHelp.FILES);
        page.section("ENVIRONMENT");
        page.verbatim(CommandLineHelp.ENVIRONMENT);
        return page.text.toString();
    }

    private void section(String name) {
        line(".SH " + name);
    }

    private void plain(String words) {
        words.lines().forEach(each -> line(escape(each)));
    }

    /** Filled, but for rows of tables. */
    private void mixed(String each) {
        line(Prose.row(each) ? ".nf\n" + escape(each) + "\n.fi" : escape(each));
    }

    private void verbatim(String lines) {
        line(".RS 4");
        line(".nf");
        lines.lines().forEach(each -> line(escape(each)));
        line(".fi");
        line(".RE");
    }

    /** A leading dot or quote is a request, a backslash an escape, a bare minus a hyphen. */
    private static String escape(String words) {
        String escaped = words.replace("\\", "\\e").replace("-", "\\-");
        return escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped;
    }

    private void line(String each) {
        text.append(each).append('\n');
    }
}
