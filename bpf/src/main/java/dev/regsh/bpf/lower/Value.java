// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

/**
 * The value of an expression: a constant, or a numbered value of the intermediate code that belongs to whoever asked for it.
 *
 * @param id of the intermediate code; {@link #CONSTANT}: {@code constant} holds it
 */
record Value(int id, long constant) {
    static final int CONSTANT = -1;

    static Value of(long constant) {
        return new Value(CONSTANT, constant);
    }

    static Value at(int id) {
        return new Value(id, 0);
    }

    boolean isConstant() {
        return id == CONSTANT;
    }

    boolean isImmediate() {
        return isConstant() && constant == (int) constant;
    }
}
