// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.exit;

import dev.regsh.session.failure.Failure;

/** What regsh ends with. */
public final class ExitCode {
    public static final int DONE = 0;
    /** A statement or an expectation failed. */
    public static final int FAILED = 1;
    /** The input does not parse, or the command line is wrong. */
    public static final int USAGE = 2;
    /** A privilege or the kernel's support is missing. */
    public static final int UNSUPPORTED = 3;
    public static final int INTERRUPTED = 130;

    private ExitCode() {}

    /** What a statement that failed so ends with. */
    public static int of(Failure failure) {
        return switch (failure.kind()) {
            case REFUSED -> FAILED;
            case USAGE -> USAGE;
            case UNSUPPORTED -> UNSUPPORTED;
            case INTERRUPTED -> INTERRUPTED;
        };
    }

    /** The kind of failure of a statement that has run a script which ended with this. */
    public static Failure.Kind kind(int exitCode) {
        return switch (exitCode) {
            case USAGE -> Failure.Kind.USAGE;
            case UNSUPPORTED -> Failure.Kind.UNSUPPORTED;
            case INTERRUPTED -> Failure.Kind.INTERRUPTED;
            default -> Failure.Kind.REFUSED;
        };
    }
}
