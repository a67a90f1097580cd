// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.typed;

/**
 * The values an expression of a known width can have.
 *
 * @param bits 64 or fewer
 */
public record Range(int bits, boolean signed) {
    private static final Range TRUTH = new Range(1, false);

    /** As far as the widths of what is read, casts and truth values tell; 64 bits for everything else. */
    public static Range of(Expr expression) {
        if (expression instanceof Expr.RegisterValue value) {
            return new Range(value.register().bits(), false);
        } else if (expression instanceof Expr.Context value) {
            return new Range(value.name().bytes() * 8, false);
        } else if (expression instanceof Expr.Cast cast) {
            return new Range(cast.bytes() * 8, cast.signed());
        } else if (expression instanceof Expr.Load load) {
            return new Range(load.place().bits(), load.signed());
        } else if (expression instanceof Expr.Choice choice && of(choice.then()).equals(of(choice.otherwise()))) {
            return of(choice.then());
        } else if (expression instanceof Expr.Not || expression instanceof Expr.StringTest
                || (expression instanceof Expr.Binary binary && binary.isTruth())) {
            return TRUTH;
        }
        return new Range(64, expression.signed());
    }

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
