// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

/** The rule is larger than one eBPF program can be. */
public final class ProgramTooLongException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ProgramTooLongException() {
        super("the rule is too large for one BPF program", null, false, false);
    }
}
