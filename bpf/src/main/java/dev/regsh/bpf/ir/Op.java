// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

import dev.regsh.bpf.isa.Alu;
import dev.regsh.bpf.isa.Condition;
import java.util.List;

/**
 * One operation of the intermediate code: eBPF without its eleven registers. Values are numbered; a number may be assigned
 * on several paths but jumps only go forward. All values are 64 bits wide; offsets and sizes are in bytes.
 */
public sealed interface Op {
    /** No value. */
    int NONE = -1;

    record Constant(int dst, long value) implements Op {}

    record Copy(int dst, int src) implements Op {}

    /** A read of the probe's context, zero-extended. */
    record ContextLoad(int dst, int bytes, int offset) implements Op {}

    record ContextStore(int bytes, int offset, int src) implements Op {}

    record Load(int dst, int bytes, int base, int offset) implements Op {}

    record Store(int bytes, int base, int offset, int src) implements Op {}

    /** @param offset from the frame pointer, negative */
    record StackLoad(int dst, int bytes, int offset) implements Op {}

    record StackStore(int bytes, int offset, int src) implements Op {}

    record StackStoreConstant(int bytes, int offset, int value) implements Op {}

    /** {@code dst = dst operation src}. */
    record Binary(Alu operation, boolean wide, int dst, int src) implements Op {}

    record BinaryConstant(Alu operation, boolean wide, int dst, int value) implements Op {}

    record Negate(int dst) implements Op {}

    record Place(int label) implements Op {}

    record Jump(int label) implements Op {}

    record Branch(Condition condition, int left, int right, int label) implements Op {}

    record BranchConstant(Condition condition, int left, int right, int label) implements Op {}

    /** A pointer into a map's only value. */
    record MapValue(int dst, String map, int offset) implements Op {}

    record AtomicAdd(int base, int offset, int src) implements Op {}

    /** @param value what is added; the old value comes back in it */
    record AtomicFetchAdd(int base, int offset, int value) implements Op {}

    /** @param dst the result, or {@link #NONE} */
    record Call(Target target, int dst, List<Argument> arguments) implements Op {}

    /** Ends the program with 0, which keeps perf from recording a sample. */
    record Exit() implements Op {}
}
