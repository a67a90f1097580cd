// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

import java.util.function.IntConsumer;

/** What is passed to a call. */
public sealed interface Argument permits Value, Argument.Context, Argument.Stack, Argument.Map {
    /** What is done with each kind of argument. */
    interface Visitor {
        void visitValue(Value argument);

        void visitContext(Context argument);

        void visitStack(Stack argument);

        void visitMap(Map argument);
    }

    void accept(Visitor visitor);

    /** Tells the numbers of the values that it is made of. */
    default void reads(IntConsumer values) {}

    /** The probe's context; only ever the first argument. */
    static Argument context() {
        return new Context();
    }

    /**
     * The address of a place on the stack.
     *
     * @param offset from the frame pointer
     */
    static Argument stack(int offset) {
        return new Stack(offset);
    }

    static Argument map(String name) {
        return new Map(name);
    }

    record Context() implements Argument {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitContext(this);
        }
    }

    record Stack(int offset) implements Argument {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitStack(this);
        }
    }

    record Map(String name) implements Argument {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitMap(this);
        }
    }
}
