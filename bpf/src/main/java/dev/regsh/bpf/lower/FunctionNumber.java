// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.lower;

import dev.regsh.bpf.ir.Argument;
import dev.regsh.bpf.ir.CodeBuilder;
import dev.regsh.bpf.ir.Value;
import dev.regsh.bpf.isa.Helper;

/**
 * Which of its rule's functions a program runs for: the number is compiled in, or is the cookie of the probe, where one
 * program serves several functions. The instruction pointer would not do: at a return it is the caller's.
 *
 * @param constant the number; {@link #COOKIE}: the probe's cookie
 * @param alone the rule has no other function
 */
public record FunctionNumber(int constant, boolean alone) {
    private static final int COOKIE = -1;

    /** Of the only function of a rule. */
    public static FunctionNumber only() {
        return new FunctionNumber(0, true);
    }

    /** Compiled in. */
    public static FunctionNumber of(int number) {
        return new FunctionNumber(number, false);
    }

    /** Found out by the program at each hit. */
    public static FunctionNumber byCookie() {
        return new FunctionNumber(COOKIE, false);
    }

    Value value(CodeBuilder code) {
        return constant == COOKIE ? code.call(Helper.GET_ATTACH_COOKIE, Argument.context()) : Value.of(constant);
    }
}
