// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.api;

import dev.regsh.base.errno.KernelException;
import dev.regsh.grammar.diagnostic.Diagnostic;
import dev.regsh.grammar.diagnostic.DiagnosticException;
import dev.regsh.libbpf.LibraryMissingException;
import dev.regsh.session.failure.Failure;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of regsh could not be done; nothing of it stays. The message is one sentence, and may quote the part of a rule that
 * it is about; {@link #hint} says what can be done, {@link #kind} what it came of.
 */
public final class RegshException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Failure.Kind kind;
    private final String hint;

    RegshException(Failure.Kind kind, String message, String hint, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.hint = hint;
    }

    /**
     * {@link Failure.Kind#USAGE}: the text is no rule; {@link Failure.Kind#UNSUPPORTED}: a privilege, a native library or the kernel's
     * support is missing, so that a test may be skipped; {@link Failure.Kind#INTERRUPTED}: the thread was interrupted, and still is;
     * {@link Failure.Kind#REFUSED}: anything else, such as a function that is not there.
     */
    public Failure.Kind kind() {
        return kind;
    }

    /** The remedy; empty where there is none to name. */
    public String hint() {
        return hint;
    }

    /** The same, with whatever goes wrong made one of these. */
    static <T> T told(Supplier<T> work) {
        try {
            return work.get();
        } catch (Failure failure) {
            if (failure.kind() == Failure.Kind.INTERRUPTED) {
                Thread.currentThread().interrupt();
            }
            throw new RegshException(failure.kind(), failure.getMessage(), failure.hint(), failure);
        } catch (DiagnosticException wrong) {
            throw of(Failure.Kind.REFUSED, wrong);
        } catch (LibraryMissingException missing) {
            throw new RegshException(Failure.Kind.UNSUPPORTED, missing.getMessage(), "", missing);
        } catch (KernelException refused) {
            throw new RegshException(Failure.Kind.REFUSED, refused.getMessage(), "", refused);
        }
    }

    static RegshException of(Failure.Kind kind, DiagnosticException wrong) {
        Diagnostic first = wrong.diagnostics().get(0);
        return new RegshException(kind, first.message(), first.hint(), wrong);
    }
}
