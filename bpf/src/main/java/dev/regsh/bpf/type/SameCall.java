// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.type;

/** Whether a call through one prototype may land in a function of another: same values in the same places. */
public final class SameCall implements Type.Visitor<Boolean> {
    /** Types are cyclic: what is alike so far down is taken for the same. */
    private static final int DEEPEST = 32;
    /** The same for prototypes of pointers to functions. */
    private static final int DEEPEST_PROTOTYPE = 3;

    private final Type other;
    private final int depth;

    private SameCall(Type other, int depth) {
        this.other = other;
        this.depth = depth;
    }

    public static boolean of(FunctionType left, FunctionType right) {
        if (left.parameters().size() != right.parameters().size() || left.variadic() != right.variadic()
                || !same(left.returns(), right.returns(), 0)) {
            return false;
        }
        for (int i = 0; i < left.parameters().size(); i++) {
            if (!same(left.parameters().get(i).type(), right.parameters().get(i).type(), 0)) {
                return false;
            }
        }
        return true;
    }

    private static boolean same(Type left, Type right, int depth) {
        return depth > DEEPEST || left.accept(new SameCall(right, depth));
    }

    @Override
    public Boolean visitInt(Type.Int type) {
        return other instanceof Type.Int o && type.size() == o.size() && type.signed() == o.signed() && type.bool() == o.bool();
    }

    @Override
    public Boolean visitEnum(Type.Enum type) {
        return other instanceof Type.Enum o && type.name().equals(o.name()) && type.size() == o.size();
    }

    @Override
    public Boolean visitFloat(Type.Float type) {
        return other instanceof Type.Float o && type.size() == o.size();
    }

    @Override
    public Boolean visitPointer(Type.Pointer type) {
        return other instanceof Type.Pointer o && same(type.target().get(), o.target().get(), depth + 1);
    }

    @Override
    public Boolean visitArray(Type.Array type) {
        return other instanceof Type.Array o && type.length() == o.length()
                && same(type.element().get(), o.element().get(), depth + 1);
    }

    /** An incomplete type has the name only. */
    @Override
    public Boolean visitStruct(Type.Struct type) {
        return other instanceof Type.Struct o && type.name().equals(o.name()) && type.union() == o.union()
                && (type.size() == o.size() || type.size() == 0 || o.size() == 0);
    }

    @Override
    public Boolean visitVoid(Type.Void type) {
        return other instanceof Type.Void;
    }

    @Override
    public Boolean visitFunction(Type.Function type) {
        return other instanceof Type.Function o && (depth > DEEPEST_PROTOTYPE || of(type.prototype(), o.prototype()));
    }
}
