// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.typed;

import dev.regsh.grammar.source.Span;

/**
 * An integer in memory.
 *
 * @param user in the memory of the process, not of the kernel
 * @param offset in bytes, added to the address
 * @param bytes 1, 2, 4 or 8
 * @param shift where a bit-field begins in those bytes
 * @param bits of a bit-field; otherwise 8 for each byte
 * @param label as the source has it
 */
public record MemoryOperand(boolean user, Expr address, long offset, int bytes, boolean signed, int shift, int bits, String label,
        Span span) {
    public boolean isBitField() {
        return bits != bytes * 8;
    }
}
