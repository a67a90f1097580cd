// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

/** What is passed to a call. */
public sealed interface Argument {
    record Value(int value) implements Argument {}

    record Constant(long value) implements Argument {}

    /** The probe's context; only ever the first argument. */
    record Context() implements Argument {}

    /** @param offset from the frame pointer */
    record Stack(int offset) implements Argument {}

    record Map(String name) implements Argument {}
}
