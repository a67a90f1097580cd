// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.terminal;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.terminal.spi.SystemStream;
import org.jline.terminal.spi.TerminalProvider;
import org.jline.utils.InfoCmp;

/** Opens the terminal without running other programs: each would cost as much time as all the rest of the start. */
public final class Terminals {
    /** What the library knows by itself, else it asks infocmp(1). */
    private static final List<String> KNOWN = List.of("dumb", "ansi", "xterm", "xterm-256color", "screen", "screen-256color",
            "rxvt", "rxvt-unicode", "rxvt-unicode-256color");
    /** Terminals that do all that another one does. */
    private static final Map<String, String> LIKE = Map.of("tmux", "screen", "tmux-256color", "screen-256color");

    private Terminals() {}

    /** The terminal of the process; a dumb one where it cannot be controlled. */
    public static Terminal open() throws IOException {
        String type = System.getenv().getOrDefault("TERM", "dumb");
        String like = LIKE.getOrDefault(type, type);
        if (KNOWN.contains(like)) {
            InfoCmp.setLoadedInfoCmp(type, () -> InfoCmp.getDefaultInfoCmp(like));
        }
        TerminalBuilder builder = TerminalBuilder.builder().system(true).jni(false).exec(false).jna(false).jansi(false)
                .ffm(false).dumb(true);
        TerminalProvider system = new SystemTerminals();
        if (type.startsWith("dumb") || !system.isSystemStream(SystemStream.Output)) {
            return builder.build();
        }
        return system.sysTerminal("regsh", type, false, builder.computeStdinEncoding(), builder.computeStdoutEncoding(),
                builder.computeStderrEncoding(), true, Terminal.SignalHandler.SIG_DFL, false, SystemStream.Output);
    }
}
