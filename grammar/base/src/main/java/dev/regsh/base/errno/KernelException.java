// SPDX-License-Identifier: Apache-2.0
package dev.regsh.base.errno;

import java.util.Objects;

/** The kernel refused. */
public final class KernelException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final String operation;
    private final int errno;
    private final String log;

    /**
     * @param operation what was asked, as a clause: "load the program"
     * @param errno positive
     * @param log what the kernel has written about it: the verifier's log
     */
    public KernelException(String operation, int errno, String log) {
        super("cannot " + operation + ": errno " + errno, null, false, false);
        this.operation = operation;
        this.errno = errno;
        this.log = log;
    }

    /** The same, where the errno is all that the kernel says. */
    public KernelException(String operation, int errno) {
        this(operation, errno, "");
    }

    public String operation() {
        return operation;
    }

    public int errno() {
        return errno;
    }

    /** Empty: it has written none. */
    public String log() {
        return log;
    }

    /** There always is one. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }
}
