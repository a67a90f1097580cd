// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.script;

import dev.regsh.base.errno.Errno;
import dev.regsh.base.errno.KernelException;
import dev.regsh.bpf.program.LeftOut;
import dev.regsh.grammar.Parser;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.expression.Expression;
import dev.regsh.grammar.source.Source;
import dev.regsh.grammar.statement.Formatter;
import dev.regsh.grammar.statement.Rule;
import dev.regsh.grammar.statement.Statement;
import dev.regsh.libbpf.LibraryMissingException;
import dev.regsh.session.Session;
import dev.regsh.session.attach.LiveRule;
import dev.regsh.session.failure.Failure;
import dev.regsh.session.rule.PendingRule;
import dev.regsh.session.rule.RuleFields;
import dev.regsh.shell.command.CommandLine;
import dev.regsh.shell.exit.ExitCode;
import dev.regsh.shell.output.LeftOutText;
import dev.regsh.shell.output.Output;
import java.time.Duration;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries statements out, one after the other. */
public final class Interpreter {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(10);
    /** Of scripts that replay scripts. */
    private static final int DEEPEST = 16;

    private final Session session;
    private final Output output;
    private final CommandLine commands;
    private final ShellCommand shell;
    private final boolean script;
    private BooleanSupplier capture = () -> false;
    /** Tab and the highlighter read them while a statement runs. */
    private final Map<String, String> variables = new ConcurrentHashMap<>();
    private Consumer<Runnable> aroundShell = Runnable::run;
    private boolean stopOnError = true;
    private Report report;
    /** Null: statements are carried out. */
    private Checker checker;
    private boolean ended;
    private int depth;
    private String lastError = "";
    private int failed = ExitCode.DONE;

    /** @param script {@code !} commands do not have the terminal: their output is read, so that {@code expect output} knows it */
    public Interpreter(Session session, Output output, CommandLine commands, boolean script) {
        this.session = session;
        this.output = output;
        this.commands = commands;
        this.shell = new ShellCommand(output);
        this.script = script;
    }

    /** Sets a script variable, such as an argument. */
    public void set(String name, String value) {
        variables.put(name, value);
    }

    /** How {@code !} commands are run: at a prompt, with the terminal as it is for other programs. */
    public void aroundShell(Consumer<Runnable> around) {
        aroundShell = around;
    }

    /** When {@code !} commands typed at a prompt are to be read too. */
    public void captureWhen(BooleanSupplier when) {
        capture = when;
    }

    /** Tells a report of every expectation from here on. */
    public void reportTo(Report to) {
        report = to;
    }

    /** From here on nothing is carried out, and all is refused that a run would refuse; one mistake does not hide the next. */
    public void checkOnly() {
        checker = new Checker(session, commands, variables, this::replay);
        stopOnError = false;
    }

    /** A statement asked to leave. */
    public boolean ended() {
        return ended;
    }

    /**
     * Runs a text; a text that does not parse is not begun.
     *
     * @return an exit code
     */
    public int run(Source source) {
        int[] statements = new int[1];
        try {
            Parser.parseEach(source, new Placeholders(variables), statement -> statements[0]++);
        } catch (DiagnosticException unparsable) {
            unparsable.diagnostics().forEach(d -> output.error(source, d));
            return ExitCode.USAGE;
        }
        failed = ExitCode.DONE;
        Progress progress = new Progress(statements[0], output::note);
        try {
            Parser.parseEach(source, variables, statement -> {
                progress.next(source, statement);
                step(source, statement);
            });
        } catch (Stop stop) {
            return stop.exitCode;
        } catch (DiagnosticException unparsable) {
            unparsable.diagnostics().forEach(d -> output.error(source, d));
            return ExitCode.FAILED;
        }
        return failed;
    }

    /**
     * Runs a script inside this session, as a statement of what runs already.
     *
     * @throws Failure if it did not come to its end
     */
    public void replay(String file, List<String> arguments) {
        if (depth == DEEPEST) {
            throw new Failure("scripts replay each other without end", "");
        }
        depth++;
        Map<String, String> before = new HashMap<>(variables);
        boolean stopBefore = stopOnError;
        Collection<LiveRule> rulesBefore = session.rules();
        int failedBefore = failed;
        variables.keySet().removeIf(name -> Character.isDigit(name.charAt(0)));
        for (int i = 0; i < arguments.size(); i++) {
            variables.put(Integer.toString(i + 1), arguments.get(i));
        }
        try {
            stopOnError = checker == null;
            int status = run(ScriptFile.read(file, false));
            failed = failedBefore;
            if (status != ExitCode.DONE) {
                throw new Failure(ExitCode.kind(status), file + " did not come to its end",
                        "the error above says where" + left(rulesBefore));
            }
        } finally {
            depth--;
            stopOnError = stopBefore;
            variables.keySet().removeIf(name -> Character.isDigit(name.charAt(0)));
            before.forEach((name, value) -> {
                if (Character.isDigit(name.charAt(0))) {
                    variables.put(name, value);
                }
            });
        }
    }

    /** At a prompt, what a script that failed half way has attached, and the way back. */
    private String left(Collection<LiveRule> before) {
        List<String> rules = session.rules().stream().filter(rule -> !before.contains(rule)).map(LiveRule::name).toList();
        return script || checker != null || rules.isEmpty() ? "" : "; what it has attached stays: detach " + String.join(" ", rules);
    }

    /** The script variables and their values. */
    public Map<String, String> variables() {
        return Collections.unmodifiableMap(variables);
    }

    private void step(Source source, Statement statement) {
        if (ended) {
            throw new Stop(failed);
        }
        long start = System.nanoTime();
        lastError = "";
        // What cannot be stopped half way, such as an attach, is at least the last thing done.
        int result = Thread.interrupted() ? failed(source, statement, interrupted()) : guarded(source, statement);
        if (report != null && (statement instanceof Statement.Expect || result != ExitCode.DONE)) {
            report.add(source, statement.span(), (System.nanoTime() - start) / 1e9, lastError);
        }
        if (result != ExitCode.DONE) {
            failed = result;
            if (stopOnError || result == ExitCode.INTERRUPTED) {
                throw new Stop(result);
            }
        }
    }

    private int guarded(Source source, Statement statement) {
        try {
            execute(source, statement);
            return ExitCode.DONE;
        } catch (DiagnosticException wrong) {
            wrong.diagnostics().forEach(d -> output.error(source, d));
            lastError = wrong.diagnostics().get(0).message();
            return ExitCode.FAILED;
        } catch (Failure failure) {
            return failed(source, statement, failure);
        } catch (KernelException refused) {
            return failed(source, statement, new Failure("the kernel refused: cannot " + refused.operation() + " ("
                    + Errno.name(refused.errno()) + ", "
                    + Errno.text(refused.errno()) + ")", ""));
        } catch (LibraryMissingException missing) {
            return failed(source, statement, new Failure(Failure.Kind.UNSUPPORTED, missing.getMessage(), ""));
        } catch (RuntimeException bug) {
            Logger log = LoggerFactory.getLogger(Interpreter.class);
            log.error("statement failed: {}", statement, bug);
            return failed(source, statement, new Failure("regsh itself failed: " + bug,
                    "the log file has the details; please report them"));
        }
    }

    private int failed(Source source, Statement statement, Failure failure) {
        output.error(source, statement.span(), failure);
        lastError = failure.getMessage() + (failure.hint().isEmpty() ? "" : " (" + failure.hint() + ")");
        return ExitCode.of(failure);
    }

    private void execute(Source source, Statement statement) {
        // What has happened since is said first, and a rule whose time is over is gone.
        session.look();
        if (checker != null) {
            ended = checker.check(source, statement);
        } else if (statement instanceof Rule rule) {
            attach(rule);
        } else if (statement instanceof Statement.Command command) {
            ended = commands.execute(source, command, variables);
        } else if (statement instanceof Statement.Shell line) {
            aroundShell.accept(() -> shell.run(line.text(), variables, script || depth > 0 || capture.getAsBoolean()));
        } else if (statement instanceof Statement.Expect expect) {
            expect(expect);
        } else if (statement instanceof Statement.Sleep sleep) {
            pause(sleep.duration());
        } else if (statement instanceof Statement.Wait wait) {
            await(wait);
        } else if (statement instanceof Statement.Let let) {
            variables.put(let.name(), Long.toString(evaluator().value(let.value())));
        } else if (statement instanceof Statement.OnError onError) {
            stopOnError = onError.stop();
        }
    }

    private void attach(Rule rule) {
        Optional<String> awaited = session.awaited(rule);
        if (awaited.isPresent()) {
            PendingRule waiting = session.await(rule, Formatter.format(rule), awaited.get());
            output.result("pending", "pending " + waiting.name() + ": it is attached when module " + awaited.get() + " is loaded",
                    waiting.fields());
            return;
        }
        LiveRule live = session.attach(rule, Formatter.format(rule));
        List<LeftOut> leftOut = live.leftOut();
        Map<String, Object> fields = RuleFields.of(live);
        if (!leftOut.isEmpty()) {
            fields.put("leftOut", LeftOutText.fields(leftOut));
        }
        output.result("attached", "attached " + live.name() + " (" + live.compiled().engineLabel() + ")"
                + (leftOut.isEmpty() && live.functions() == 1 ? "" : " to " + live.functions()
                        + (live.functions() == 1 ? " function" : " functions"))
                + (leftOut.isEmpty() ? "" : "; " + LeftOutText.sentence(leftOut)), fields);
    }

    private ExpectationEvaluator evaluator() {
        return new ExpectationEvaluator(new Facts.Live(session, shell));
    }

    private void expect(Statement.Expect expect) {
        if (evaluator().value(expect.condition()) == 0) {
            String seen = "";
            if (expect.condition() instanceof Expression.Binary binary && !(binary.right() instanceof Expression.Text)) {
                seen = "left is " + evaluator().value(binary.left()) + ", right is " + evaluator().value(binary.right());
            } else if (shell.kept() && !shell.output().isEmpty()) {
                seen = "the output was: " + shell.output().strip();
            }
            throw new Failure("the expectation does not hold", seen);
        }
    }

    private void await(Statement.Wait wait) {
        LiveRule rule = session.findCounted(wait.rule());
        if (rule == null) {
            throw Session.noRule(wait.rule());
        }
        long end = System.nanoTime() + LONGEST_WAIT.toNanos();
        while (rule.fired() < wait.times()) {
            if (rule.over()) {
                throw new Failure("'" + wait.rule() + "' is over and fired " + rule.fired() + " times", "");
            }
            if (System.nanoTime() > end) {
                throw new Failure("'" + wait.rule() + "' fired " + rule.fired() + " times in ten minutes", "");
            }
            pause(Duration.ofMillis(10));
        }
    }

    private static Failure interrupted() {
        return new Failure(Failure.Kind.INTERRUPTED, "interrupted", "");
    }

    private static void pause(Duration duration) {
        try {
            Thread.sleep(duration.toMillis(), duration.toNanosPart() % 1_000_000);
        } catch (InterruptedException interrupted) {
            throw interrupted();
        }
    }

    /** Ends a run at the statement that failed. */
    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final int exitCode;

        Stop(int exitCode) {
            super(null, null, false, false);
            this.exitCode = exitCode;
        }
    }
}
