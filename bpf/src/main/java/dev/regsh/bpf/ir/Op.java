// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * One operation of the intermediate code: eBPF without its eleven registers. Values are numbered; a number may be assigned
 * on several paths but jumps only go forward. All values are 64 bits wide; offsets and sizes are in bytes.
 */
public sealed interface Op {
    /** No value. */
    int NONE = -1;

    /** What is done with each kind of operation. */
    interface Visitor {
        void visitConstant(Constant op);

        void visitCopy(Copy op);

        void visitContextLoad(ContextLoad op);

        void visitContextStore(ContextStore op);

        void visitLoad(Load op);

        void visitStore(Store op);

        void visitStackLoad(StackLoad op);

        void visitStackStore(StackStore op);

        void visitStackStoreConstant(StackStoreConstant op);

        void visitBinary(Binary op);

        void visitBinaryConstant(BinaryConstant op);

        void visitNegate(Negate op);

        void visitPlace(Place op);

        void visitJump(Jump op);

        void visitBranch(Branch op);

        void visitBranchConstant(BranchConstant op);

        void visitMapValue(MapValue op);

        void visitAtomicAdd(AtomicAdd op);

        void visitAtomicFetchAdd(AtomicFetchAdd op);

        void visitCall(Call op);

        void visitExit(Exit op);
    }

    void accept(Visitor visitor);

    /** Tells the numbers of the values that it reads, those that it changes included. */
    default void reads(IntConsumer values) {}

    /** The number of the value that it assigns or changes; {@link #NONE}: it does neither. */
    default int assigns() {
        return NONE;
    }

    /** It needs the probe's context. */
    default boolean usesContext() {
        return false;
    }

    /** A jump that is made or not. */
    sealed interface Conditional extends Op {
        int label();

        /** To another label, where this one would not jump. */
        Conditional turned(int to);
    }

    record Constant(int dst, long value) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitConstant(this);
        }

        @Override
        public int assigns() {
            return dst;
        }
    }

    record Copy(int dst, int src) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitCopy(this);
        }

        @Override
        public void reads(IntConsumer values) {
            values.accept(src);
        }

        @Override
        public int assigns() {
            return dst;
        }
    }

    /** A word of the probe's context. */
    record ContextLoad(int dst, int slot) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitContextLoad(this);
        }

        @Override
        public int assigns() {
            return dst;
        }

        @Override
        public boolean usesContext() {
            return true;
        }
    }

    record ContextStore(int slot, int src) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitContextStore(this);
        }

        @Override
        public void reads(IntConsumer values) {
            values.accept(src);
        }

        @Override
        public boolean usesContext() {
            return true;
        }
    }

    /** Zero-extended, as all loads. */
    record Load(int dst, int bytes, int base, int offset) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitLoad(this);
        }

        @Override
        public void reads(IntConsumer values) {
            values.accept(base);
        }

        @Override
        public int assigns() {
            return dst;
        }
    }

    /** Of 8 bytes. */
    record Store(int base, int offset, int src) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitStore(this);
        }

        @Override
        public void reads(IntConsumer values) {
            values.accept(base);
            values.accept(src);
        }
    }

    /** @param offset from the frame pointer, negative */
    record StackLoad(int dst, int bytes, int offset) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitStackLoad(this);
        }

        @Override
        public int assigns() {
            return dst;
        }
    }

    record StackStore(int bytes, int offset, int src) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitStackStore(this);
        }

        @Override
        public void reads(IntConsumer values) {
            values.accept(src);
        }
    }

    record StackStoreConstant(int bytes, int offset, int value) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitStackStoreConstant(this);
        }
    }

    /** {@code dst = dst operation src}. */
    record Binary(Alu operation, int dst, int src) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitBinary(this);
        }

        @Override
        public void reads(IntConsumer values) {
            values.accept(src);
            values.accept(dst);
        }

        @Override
        public int assigns() {
            return dst;
        }
    }

    record BinaryConstant(Alu operation, int dst, int value) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitBinaryConstant(this);
        }

        @Override
        public void reads(IntConsumer values) {
            values.accept(dst);
        }

        @Override
        public int assigns() {
            return dst;
        }
    }

    record Negate(int dst) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitNegate(this);
        }

        @Override
        public void reads(IntConsumer values) {
            values.accept(dst);
        }

        @Override
        public int assigns() {
            return dst;
        }
    }

    record Place(int label) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitPlace(this);
        }
    }

    record Jump(int label) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitJump(this);
        }
    }

    record Branch(Condition condition, int left, int right, int label) implements Conditional {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitBranch(this);
        }

        @Override
        public void reads(IntConsumer values) {
            values.accept(left);
            values.accept(right);
        }

        @Override
        public Conditional turned(int to) {
            return new Branch(condition.negated(), left, right, to);
        }
    }

    record BranchConstant(Condition condition, int left, int right, int label) implements Conditional {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitBranchConstant(this);
        }

        @Override
        public void reads(IntConsumer values) {
            values.accept(left);
        }

        @Override
        public Conditional turned(int to) {
            return new BranchConstant(condition.negated(), left, right, to);
        }
    }

    /** A pointer into a map's only value. */
    record MapValue(int dst, String map, int offset) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitMapValue(this);
        }

        @Override
        public int assigns() {
            return dst;
        }
    }

    record AtomicAdd(int base, int offset, int src) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitAtomicAdd(this);
        }

        @Override
        public void reads(IntConsumer values) {
            values.accept(base);
            values.accept(src);
        }
    }

    /** @param value what is added; the old value comes back in it */
    record AtomicFetchAdd(int base, int offset, int value) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitAtomicFetchAdd(this);
        }

        @Override
        public void reads(IntConsumer values) {
            values.accept(base);
            values.accept(value);
        }

        @Override
        public int assigns() {
            return value;
        }
    }

    /** @param dst the result, or {@link #NONE} */
    record Call(Target target, int dst, List<Argument> arguments) implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitCall(this);
        }

        @Override
        public void reads(IntConsumer values) {
            arguments.forEach(argument -> argument.reads(values));
        }

        @Override
        public int assigns() {
            return dst;
        }

        @Override
        public boolean usesContext() {
            return arguments.stream().anyMatch(Argument.Context.class::isInstance);
        }
    }

    /** Ends the program with 0, which keeps perf from recording a sample. */
    record Exit() implements Op {
        @Override
        public void accept(Visitor visitor) {
            visitor.visitExit(this);
        }
    }
}
