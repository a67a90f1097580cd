// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell;

import dev.regsh.grammar.source.Source;
import dev.regsh.session.Session;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.JsonOutput;
import dev.regsh.shell.output.TextOutput;
import dev.regsh.shell.script.Interpreter;
import dev.regsh.shell.script.Report;
import dev.regsh.shell.script.ScriptHost;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A script run in this process, with what it printed. */
public record Run(int status, String out, String err) {
    public static Run text(String script) {
        return of(script, false, null);
    }

    public static Run json(String script) {
        return of(script, true, null);
    }

    public static Run of(String script, boolean json, @Nullable Report report) {
        return of(script, json, report, false);
    }

    /** @param check nothing is carried out */
    public static Run of(String script, boolean json, @Nullable Report report, boolean check, String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream toOut = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream toErr = new PrintStream(err, true, StandardCharsets.UTF_8);
        Options options = new Options(false);
        var output = json ? new JsonOutput(toOut, toErr) : new TextOutput(toOut, toErr, () -> 0, options);
        try (Session session = new Session()) {
            Workspace workspace = new Workspace(session, output, options);
            Interpreter interpreter = new Interpreter(workspace, new ScriptHost(false), true);
            session.waitForModules(() -> options.on(Options.PENDING));
            if (report != null) {
                interpreter.reportTo(report);
            }
            for (int i = 0; i < arguments.length; i++) {
                workspace.variables().put(Integer.toString(i + 1), arguments[i]);
            }
            if (check) {
                workspace.checkOnly();
            }
            int status = interpreter.run(new Source("t.rsh", script));
            return new Run(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        }
    }
}
