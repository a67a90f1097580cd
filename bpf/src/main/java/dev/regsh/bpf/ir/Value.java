// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

import java.util.function.IntConsumer;

/**
 * What an operation works on: a constant, or a numbered value of the code. A numbered one can be changed, and belongs to whoever
 * asked for it.
 *
 * @param number in the code; {@link #CONSTANT}: {@code constant} holds it
 */
public record Value(int number, long constant) implements Argument {
    private static final int CONSTANT = -1;

    public static Value of(long constant) {
        return new Value(CONSTANT, constant);
    }

    static Value numbered(int number) {
        return new Value(number, 0);
    }

    public boolean isConstant() {
        return number == CONSTANT;
    }

    /** A constant that fits into an instruction. */
    public boolean isImmediate() {
        return isConstant() && constant == (int) constant;
    }

    @Override
    public void accept(Visitor visitor) {
        visitor.visitValue(this);
    }

    @Override
    public void reads(IntConsumer values) {
        if (!isConstant()) {
            values.accept(number);
        }
    }
}
