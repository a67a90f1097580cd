// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.typed;

import java.util.List;

/** Where a string comes from. */
public sealed interface StringSource {
    /** What is done with each kind of source. */
    interface Visitor<R> {
        R visitComm(Comm source);

        R visitMemory(Memory source);
    }

    <R> R accept(Visitor<R> visitor);

    /** Most bytes of a string that are looked at, its NUL not counted. */
    int most();

    /** What its address is made of. */
    default List<Expr> operands() {
        return List.of();
    }

    /** It lies in memory that may not be readable. */
    default boolean reads() {
        return false;
    }

    /** The name of the running task; TASK_COMM_LEN of the kernel is 16. */
    record Comm() implements StringSource {
        @Override
        public int most() {
            return 15;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitComm(this);
        }
    }

    /** @param label as the source has it */
    record Memory(boolean user, Expr address, String label) implements StringSource {
        @Override
        public int most() {
            return 63;
        }

        @Override
        public List<Expr> operands() {
            return List.of(address);
        }

        @Override
        public boolean reads() {
            return true;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitMemory(this);
        }
    }
}
