// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.typed;

/**
 * The values an expression of a known width can have.
 *
 * @param bits 64 or fewer
 */
public record Range(int bits, boolean signed) {
    static final Range TRUTH = new Range(1, false);

    public boolean contains(Expr.Constant constant) {
        long value = constant.value();
        boolean negative = constant.signed() && value < 0;
        if (bits == 64) {
            return signed ? constant.signed() || value >= 0 : !negative;
        }
        return signed ? constant.signed() && value >= least() && value <= most()
                : !negative && Long.compareUnsigned(value, most()) <= 0;
    }

    public long least() {
        return signed ? Long.MIN_VALUE >> (64 - bits) : 0;
    }

    /** Taken as unsigned where the range is. */
    public long most() {
        return signed ? Long.MAX_VALUE >> (64 - bits) : -1L >>> (64 - bits);
    }

    @Override
    public String toString() {
        return signed ? least() + " to " + most() : "0 to " + Long.toUnsignedString(most());
    }
}
