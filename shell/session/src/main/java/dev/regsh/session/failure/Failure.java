// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.failure;

/** A statement could not be carried out; the message is for the user, in one sentence without a full stop. */
public final class Failure extends RuntimeException {
    private final int exitCode;
    private final String hint;
    private final String detail;

    public Failure(int exitCode, String message, String hint) {
        this(exitCode, message, hint, "");
    }

    /** @param detail shown with {@code --verbose} only */
    public Failure(String message, String hint, String detail) {
        this(ExitCode.FAILED, message, hint, detail);
    }

    private Failure(int exitCode, String message, String hint, String detail) {
        super(message, null, false, false);
        this.exitCode = exitCode;
        this.hint = hint;
        this.detail = detail;
    }

    public Failure(String message, String hint) {
        this(ExitCode.FAILED, message, hint);
    }

    public int exitCode() {
        return exitCode;
    }

    /** The remedy; empty if there is none to name. */
    public String hint() {
        return hint;
    }

    public String detail() {
        return detail;
    }
}
