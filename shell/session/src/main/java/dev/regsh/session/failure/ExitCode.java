// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.failure;

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
}
