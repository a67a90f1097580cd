// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.ir;

/** Which values an operation reads and assigns. */
public final class Operands {
    /** Called for each value; a value that is read and assigned is told twice. */
    public interface Visitor {
        void reads(int value);

        void assigns(int value);
    }

    private Operands() {}

    public static void visit(Op op, Visitor visitor) {
        if (op instanceof Op.Constant o) {
            visitor.assigns(o.dst());
        } else if (op instanceof Op.Copy o) {
            visitor.reads(o.src());
            visitor.assigns(o.dst());
        } else if (op instanceof Op.ContextLoad o) {
            visitor.assigns(o.dst());
        } else if (op instanceof Op.ContextStore o) {
            visitor.reads(o.src());
        } else if (op instanceof Op.Load o) {
            visitor.reads(o.base());
            visitor.assigns(o.dst());
        } else if (op instanceof Op.Store o) {
            visitor.reads(o.base());
            visitor.reads(o.src());
        } else if (op instanceof Op.StackLoad o) {
            visitor.assigns(o.dst());
        } else if (op instanceof Op.StackStore o) {
            visitor.reads(o.src());
        } else if (op instanceof Op.Binary o) {
            visitor.reads(o.src());
            visitor.reads(o.dst());
            visitor.assigns(o.dst());
        } else if (op instanceof Op.BinaryConstant o) {
            visitor.reads(o.dst());
            visitor.assigns(o.dst());
        } else if (op instanceof Op.Negate o) {
            visitor.reads(o.dst());
            visitor.assigns(o.dst());
        } else if (op instanceof Op.Branch o) {
            visitor.reads(o.left());
            visitor.reads(o.right());
        } else if (op instanceof Op.BranchConstant o) {
            visitor.reads(o.left());
        } else if (op instanceof Op.MapValue o) {
            visitor.assigns(o.dst());
        } else if (op instanceof Op.AtomicAdd o) {
            visitor.reads(o.base());
            visitor.reads(o.src());
        } else if (op instanceof Op.AtomicFetchAdd o) {
            visitor.reads(o.base());
            visitor.reads(o.value());
            visitor.assigns(o.value());
        } else if (op instanceof Op.Call o) {
            for (Argument argument : o.arguments()) {
                if (argument instanceof Argument.Value value) {
                    visitor.reads(value.value());
                }
            }
            if (o.dst() != Op.NONE) {
                visitor.assigns(o.dst());
            }
        }
    }
}
