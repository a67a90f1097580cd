// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell;

import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.source.Span;
import dev.regsh.libbpf.StandardOutput;
import dev.regsh.session.Session;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.rule.LiveRule;
import dev.regsh.shell.command.Workspace;
import dev.regsh.shell.commandline.Arguments;
import dev.regsh.shell.commandline.CommandLineHelp;
import dev.regsh.shell.commandline.Flag;
import dev.regsh.shell.commandline.Version;
import dev.regsh.shell.event.EventText;
import dev.regsh.shell.exit.ExitCode;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.JsonOutput;
import dev.regsh.shell.output.Output;
import dev.regsh.shell.output.TextOutput;
import dev.regsh.shell.script.Interpreter;
import dev.regsh.shell.script.Report;
import dev.regsh.shell.script.ScriptFile;
import dev.regsh.shell.script.ScriptHost;
import dev.regsh.shell.terminal.Prompt;
import dev.regsh.shell.terminal.Terminals;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jline.terminal.Terminal;

/** What one call of regsh does, by its command line: a session at the prompt, a script or statements, or one command. */
final class Runs {
    /** The place of failures that are of no input's. */
    static final Source COMMAND_LINE = new Source("regsh", "");
    private static final long PATIENCE_MILLIS = 3000;

    private final Arguments arguments;
    private final PrintStream out;
    private final PrintStream err;
    private final Options options;

    Runs(Arguments arguments, PrintStream out, PrintStream err) {
        this.arguments = arguments;
        this.out = out;
        this.err = err;
        options = new Options(arguments.has(Flag.VERBOSE));
    }

    /** Gives the exit status. */
    // bin/regsh asks for the console that is null where there is no terminal, as up to JDK 21.
    @SuppressWarnings("SystemConsoleNull")
    int run() throws Exception {
        Output output = output(StandardOutput::columns);
        return switch (arguments.mode()) {
            case HELP -> say(CommandLineHelp.text());
            case VERSION -> say("regsh " + Version.current());
            case INTERACTIVE -> System.console() != null ? interactive()
                    : script(output, ScriptFile.STANDARD_INPUT);
            case RUN, CHECK -> script(output, arguments.text());
            case STATEMENTS -> batch(output, new Source("<-c>", arguments.text()));
            case COMMAND -> command(output);
        };
    }

    private int say(String text) {
        out.println(text);
        return ExitCode.DONE;
    }

    /** @param columns how wide a line of text may be */
    private Output output(IntSupplier columns) {
        return arguments.has(Flag.JSON) ? new JsonOutput(out, err) : new TextOutput(out, err, columns, options);
    }

    private int interactive() throws Exception {
        try (Terminal terminal = Terminals.open(); Session session = closed(new Session())) {
            Output output = output(terminal::getWidth);
            if (!arguments.has(Flag.JSON)) {
                out.println("regsh " + Version.current() + ": Tab completes, help and doctor explain, Ctrl-D ends");
                out.flush();
            }
            session.waitForModules(() -> options.on(Options.PENDING));
            return new Prompt(terminal, new Workspace(session, output, options), arguments.has(Flag.JSON)).run();
        } catch (IOException broken) {
            throw new Failure("the terminal cannot be used: " + broken.getMessage(), "");
        }
    }

    private int script(Output output, String name) {
        Source source;
        try {
            source = ScriptFile.read(name, arguments.has(Flag.TRUST));
        } catch (DiagnosticException wrong) {
            Source place = new Source(name, "");
            wrong.diagnostics().forEach(d -> output.error(place, d));
            return ExitCode.USAGE;
        }
        return batch(output, source);
    }

    private int batch(Output output, Source source) {
        try (Session session = closed(new Session())) {
            Workspace workspace = new Workspace(session, output, options);
            Interpreter interpreter = new Interpreter(workspace, new ScriptHost(false), true);
            session.waitForModules(() -> options.on(Options.PENDING));
            session.onNote(output::note);
            session.events().listen(event -> {
                if (options.on(Options.EVENTS)) {
                    output.result("event", EventText.line(event), EventText.fields(event));
                }
            });
            for (int i = 0; i < arguments.operands().size(); i++) {
                workspace.variables().put(Integer.toString(i + 1), arguments.operands().get(i));
            }
            Report report = new Report(source.name());
            interpreter.reportTo(report);
            if (arguments.mode() == Arguments.Mode.CHECK) {
                workspace.checkOnly();
            }
            int status = interpreter.run(source);
            if (arguments.has(Flag.REPORT)) {
                report.write(Path.of(arguments.operand(Flag.REPORT)));
            }
            if (arguments.has(Flag.KEEP) && status == ExitCode.DONE) {
                for (LiveRule rule : session.rules().live()) {
                    String name = session.keep(rule);
                    output.result("kept", "kept " + name + "; regsh detach " + name + " ends it", Map.of("name", name));
                }
            }
            return status == ExitCode.DONE && session.lostRules() ? ExitCode.FAILED : status;
        } catch (Failure failure) {
            output.error(COMMAND_LINE, Span.NONE, failure);
            return ExitCode.of(failure);
        }
    }

    private int command(Output output) {
        try (Session session = closed(new Session())) {
            return new Interpreter(new Workspace(session, output, options), new ScriptHost(true), true).run(arguments.operands());
        } catch (Failure failure) {
            output.error(COMMAND_LINE, Span.NONE, failure);
            return ExitCode.of(failure);
        }
    }

    /** A session that is closed on signals too; kill -9 closes its descriptors, and so its probes, with the process. */
    private static Session closed(Session session) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            session.close();
            haltSoon();
        }, "detach"));
        return session;
    }

    /** A terminal or a pipe that nobody reads any more holds up whoever restores it; that is no reason to stay. */
    private static void haltSoon() {
        Thread impatient = new Thread(() -> {
            try {
                Thread.sleep(PATIENCE_MILLIS);
            } catch (InterruptedException never) {
                return;
            }
            Runtime.getRuntime().halt(ExitCode.INTERRUPTED);
        }, "impatient");
        impatient.setDaemon(true);
        impatient.start();
    }
}
