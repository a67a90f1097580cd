// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.command;

import dev.regsh.base.errno.Errno;
import dev.regsh.base.errno.KernelException;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.grammar.source.Source;
import dev.regsh.libbpf.LibraryMissingException;
import dev.regsh.session.failure.Failure;
import dev.regsh.shell.exit.ExitCode;
import org.slf4j.LoggerFactory;
import org.springframework.shell.core.command.ExitStatus;
import org.springframework.shell.core.command.exit.ExitStatusExceptionMapper;

/**
 * What becomes of a statement that fails: it is said, with the place, and has an exit code. Spring Shell's loops keep no status and
 * would print a description without a place; whoever ends with the code, or stops at a failure, finds it here.
 */
public final class Failures implements ExitStatusExceptionMapper {
    private final Workspace workspace;
    private int code = ExitCode.DONE;
    private String said = "";
    private boolean unparsable;

    Failures(Workspace workspace) {
        this.workspace = workspace;
    }

    /** A statement begins. */
    public void clear() {
        code = ExitCode.DONE;
        said = "";
        unparsable = false;
    }

    /** What the statement ends with. */
    public int code() {
        return code;
    }

    /** Why it failed, as one sentence; empty: it did not. */
    public String said() {
        return said;
    }

    /** It does not parse, with the values that variables have by now: what follows cannot be trusted either. */
    public boolean isUnparsable() {
        return unparsable;
    }

    @Override
    public ExitStatus apply(Exception thrown) {
        if (thrown instanceof DiagnosticException wrong) {
            wrong.diagnostics().forEach(each -> workspace.output().error(workspace.place().source(), each));
            said = wrong.diagnostics().get(0).message();
            code = ExitCode.FAILED;
        } else {
            Failure failure = failure(thrown);
            workspace.output().error(workspace.place().source(), workspace.place().span(), failure);
            said = failure.getMessage() + (failure.hint().isEmpty() ? "" : " (" + failure.hint() + ")");
            code = ExitCode.of(failure);
        }
        return new ExitStatus(code, said);
    }

    /** The statement that was to be carried out next does not parse. */
    public void unparsable(Source source, DiagnosticException wrong) {
        wrong.diagnostics().forEach(each -> workspace.output().error(source, each));
        code = ExitCode.FAILED;
        unparsable = true;
    }

    private Failure failure(Exception thrown) {
        if (thrown instanceof Failure failure) {
            return failure;
        }
        if (thrown instanceof KernelException refused) {
            return new Failure("the kernel refused: cannot " + refused.operation() + " (" + Errno.name(refused.errno()) + ", "
                    + Errno.text(refused.errno()) + ")", "");
        }
        if (thrown instanceof LibraryMissingException missing) {
            return new Failure(Failure.Kind.UNSUPPORTED, missing.getMessage(), "");
        }
        LoggerFactory.getLogger(Failures.class).error("statement failed: {}", workspace.place().statement(), thrown);
        return new Failure("regsh itself failed: " + thrown, "the log file has the details; please report them");
    }
}
