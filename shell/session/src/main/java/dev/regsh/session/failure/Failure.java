// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.failure;

import java.util.Objects;

/** A statement could not be carried out; the message is for the user, in one sentence without a full stop. */
public final class Failure extends RuntimeException {
    /** What it came of, as programs tell it. */
    public enum Kind {
        /** It was understood, and cannot be done as things are. */
        REFUSED,
        /** It was asked in a way that means nothing. */
        USAGE,
        /** A privilege or the kernel's support is missing. */
        UNSUPPORTED,
        /** The user has stopped it. */
        INTERRUPTED
    }

    private final Kind kind;
    private final String hint;
    private final String detail;

    public Failure(Kind kind, String message, String hint) {
        this(kind, message, hint, "");
    }

    /** @param detail shown with {@code --verbose} only */
    public Failure(String message, String hint, String detail) {
        this(Kind.REFUSED, message, hint, detail);
    }

    private Failure(Kind kind, String message, String hint, String detail) {
        super(message, null, false, false);
        this.kind = kind;
        this.hint = hint;
        this.detail = detail;
    }

    public Failure(String message, String hint) {
        this(Kind.REFUSED, message, hint);
    }

    public Kind kind() {
        return kind;
    }

    /** The remedy; empty if there is none to name. */
    public String hint() {
        return hint;
    }

    public String detail() {
        return detail;
    }

    /** There always is one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
