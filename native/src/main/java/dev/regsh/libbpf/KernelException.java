// SPDX-License-Identifier: Apache-2.0
package dev.regsh.libbpf;

/** The kernel refused. */
public final class KernelException extends RuntimeException {
    private final String operation;
    private final int errno;
    private final String log;

    /**
     * @param operation what was asked, as a clause: "load the program"
     * @param errno positive
     * @param log the verifier's, if it has one
     */
    public KernelException(String operation, int errno, String log) {
        super("cannot " + operation + ": errno " + errno, null, false, false);
        this.operation = operation;
        this.errno = errno;
        this.log = log;
    }

    public String operation() {
        return operation;
    }

    public int errno() {
        return errno;
    }

    public String log() {
        return log;
    }
}
