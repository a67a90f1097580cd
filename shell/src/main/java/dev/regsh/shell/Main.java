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
import dev.regsh.shell.log.LogRouting;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.JsonOutput;
import dev.regsh.shell.output.Output;
import dev.regsh.shell.output.ResultStream;
import dev.regsh.shell.output.TextOutput;
import dev.regsh.shell.script.Interpreter;
import dev.regsh.shell.script.Report;
import dev.regsh.shell.script.ScriptFile;
import dev.regsh.shell.script.ScriptHost;
import dev.regsh.shell.terminal.Prompt;
import dev.regsh.shell.terminal.Terminals;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.jline.terminal.Terminal;
import org.slf4j.LoggerFactory;

/** Where the process starts. */
public final class Main {
    private static final long PATIENCE_MILLIS = 3000;
    private static final Source COMMAND_LINE = new Source("regsh", "");

    private Main() {}

    public static void main(String[] words) {
        LogRouting.install();
        // Numbers, dates and letters' case are those of the language and of JSON, whatever the user's locale.
        Locale.setDefault(Locale.ROOT);
        ResultStream results = new ResultStream();
        PrintStream out = new PrintStream(results, false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), false, StandardCharsets.UTF_8);
        boolean json = Flag.JSON.isIn(words);
        int status;
        try {
            Thread.setDefaultUncaughtExceptionHandler((thread, bug) -> uncaught(bug, json, out, err));
            Arguments arguments = Arguments.read(words);
            try {
                status = start(arguments, out, err);
            } catch (Failure failure) {
                status = failed(arguments.has(Flag.JSON), out, err, failure);
            }
        } catch (Failure failure) {
            status = failed(json, out, err, failure);
        } catch (Throwable bug) {
            status = failed(json, out, err, failure(bug));
        }
        out.flush();
        if (!results.failure().isEmpty()) {
            int lost = failed(json, out, err, new Failure("results are lost: standard output cannot be written: "
                    + results.failure(), ""));
            status = status == ExitCode.DONE ? lost : status;
        }
        err.flush();

        System.exit(status);
    }

    private static int failed(boolean json, PrintStream out, PrintStream err, Failure failure) {
        (json ? new JsonOutput(out, err) : new TextOutput(out, err, () -> 0, new Options(false))).error(COMMAND_LINE, Span.NONE,
                failure);
        return ExitCode.of(failure);
    }

    /** What is no fault of the input, as a sentence; more is in the log. */
    private static Failure failure(Throwable bug) {
        if (bug instanceof OutOfMemoryError) {
            return new Failure("no memory is left (regsh has " + (Runtime.getRuntime().maxMemory() >> 20) + " MB)",
                    "its rules are detached; give it less at once");
        }
        LoggerFactory.getLogger(Main.class).error("ended by a mistake of regsh", bug);
        return new Failure("regsh itself failed: " + bug, "the log file has the details; please report them");
    }

    /** A thread other than the first has died; where memory was short, others may be waiting for it in vain. */
    private static void uncaught(Throwable bug, boolean json, PrintStream out, PrintStream err) {
        Failure failure = failure(bug);
        if (bug instanceof OutOfMemoryError) {
            System.exit(failed(json, out, err, failure));
        }
    }

    // bin/regsh asks for the console that is null where there is no terminal, as up to JDK 21.
    @SuppressWarnings("SystemConsoleNull")
    private static int start(Arguments arguments, PrintStream out, PrintStream err) throws Exception {
        Options options = new Options(arguments.has(Flag.VERBOSE));
        Output output = output(arguments, options, out, err);
        return switch (arguments.mode()) {
            case HELP -> say(out, CommandLineHelp.text());
            case VERSION -> say(out, "regsh " + Version.current());
            case INTERACTIVE -> System.console() != null ? interactive(arguments, out, err)
                    : script(arguments, options, output, ScriptFile.STANDARD_INPUT);
            case RUN, CHECK -> script(arguments, options, output, arguments.text());
            case STATEMENTS -> batch(arguments, options, output, new Source("<-c>", arguments.text()));
            case COMMAND -> command(arguments, options, output);
        };
    }

    private static int say(PrintStream out, String text) {
        out.println(text);
        return ExitCode.DONE;
    }

    private static Output output(Arguments arguments, Options options, PrintStream out, PrintStream err) {
        return arguments.has(Flag.JSON) ? new JsonOutput(out, err) : new TextOutput(out, err, StandardOutput::columns, options);
    }

    private static int interactive(Arguments arguments, PrintStream out, PrintStream err) throws Exception {
        try (Terminal terminal = Terminals.open(); Session session = closed(new Session())) {
            Options options = new Options(arguments.has(Flag.VERBOSE));
            Output output = arguments.has(Flag.JSON) ? new JsonOutput(out, err) : new TextOutput(out, err, terminal::getWidth,
                    options);
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

    private static int script(Arguments arguments, Options options, Output output, String name) {
        Source source;
        try {
            source = ScriptFile.read(name, arguments.has(Flag.TRUST));
        } catch (DiagnosticException wrong) {
            Source place = new Source(name, "");
            wrong.diagnostics().forEach(d -> output.error(place, d));
            return ExitCode.USAGE;
        }
        return batch(arguments, options, output, source);
    }

    private static int batch(Arguments arguments, Options options, Output output, Source source) {
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

    private static int command(Arguments arguments, Options options, Output output) {
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
