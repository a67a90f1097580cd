// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.register;

/**
 * A named register or part of one, as it lies in the kernel's {@code bpf_user_pt_regs_t}.
 *
 * @param slot index of the 8-byte word
 * @param bits 8, 16, 32 or 64
 * @param shift where the part begins in the word: 8 for ah, bh, ch, dh
 * @param whole the name of the 64-bit register it belongs to
 * @param readOnly why {@code set} may not write it, in a sentence without a full stop; empty: it may
 */
public record Register(String name, int slot, int bits, int shift, String whole, String readOnly) {
    public boolean writable() {
        return readOnly.isEmpty();
    }

    /** The bits of the word it covers. */
    public long mask() {
        return bits == 64 ? -1L : ((1L << bits) - 1) << shift;
    }

    /** What of the word a write changes: on x86-64 and arm64 a 32-bit write clears the upper half. */
    public long written() {
        return bits == 32 ? -1L : mask();
    }
}
