// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell;

import dev.regsh.grammar.source.Span;
import dev.regsh.session.failure.Failure;
import dev.regsh.shell.commandline.Arguments;
import dev.regsh.shell.commandline.Flag;
import dev.regsh.shell.exit.ExitCode;
import dev.regsh.shell.log.LogRouting;
import dev.regsh.shell.option.Options;
import dev.regsh.shell.output.JsonOutput;
import dev.regsh.shell.output.ResultStream;
import dev.regsh.shell.output.TextOutput;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.slf4j.LoggerFactory;

/** The process: its streams, its exit status, and what becomes of what nobody expects. {@link Runs} is what it does. */
public final class Main {
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
                status = new Runs(arguments, out, err).run();
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
        (json ? new JsonOutput(out, err) : new TextOutput(out, err, () -> 0, new Options(false))).error(Runs.COMMAND_LINE,
                Span.NONE,
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
}
