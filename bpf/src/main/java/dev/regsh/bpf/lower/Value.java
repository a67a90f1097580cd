// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

/**
 * The value of an expression: a constant, or a numbered value of the intermediate code; 64 bits either way.
 *
 * @param id of the intermediate code; {@link #CONSTANT}: {@code constant} holds it
 */
record Value(int id, long constant, boolean signed) {
    static final int CONSTANT = -1;

    static Value of(long constant, boolean signed) {
        return new Value(CONSTANT, constant, signed);
    }

    boolean isConstant() {
        return id == CONSTANT;
    }
}
