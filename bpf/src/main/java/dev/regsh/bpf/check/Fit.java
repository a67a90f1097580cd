// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.check;

import dev.regsh.bpf.resolve.Errors;
import dev.regsh.bpf.typed.Expr;

/** Whether a constant can be kept in so many bits, as a signed or an unsigned number. */
final class Fit {
    private Fit() {}

    static void check(Expr value, int bits, String target) {
        if (!(value instanceof Expr.Constant constant) || bits == 64) {
            return;
        }
        long least = -(1L << bits - 1);
        long most = (1L << bits) - 1;
        boolean negative = constant.signed() && constant.value() < 0;
        if (negative ? constant.value() < least : Long.compareUnsigned(constant.value(), most) > 0) {
            throw Errors.at(value.span(), (constant.signed() ? Long.toString(constant.value())
                    : "0x" + Long.toHexString(constant.value())) + " does not fit in " + target + ", which has " + bits
                    + (bits == 1 ? " bit" : " bits"), bits == 1 ? "give 0 or 1" : "give " + least + " to " + most);
        }
    }
}
