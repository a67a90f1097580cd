// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.type;

import java.util.List;
import java.util.function.Supplier;

/** A C type as BTF describes it; modifiers and typedefs are already followed. Sizes are in bytes. */
public sealed interface Type {
    /** What is done with each kind of type. */
    interface Visitor<R> {
        R visitInt(Int type);

        R visitEnum(Enum type);

        R visitFloat(Float type);

        R visitPointer(Pointer type);

        R visitArray(Array type);

        R visitStruct(Struct type);

        R visitVoid(Void type);

        R visitFunction(Function type);
    }

    <R> R accept(Visitor<R> visitor);

    /** @param bool or a C {@code _Bool}; {@code char} counts as an integer of one byte */
    record Int(String name, int size, boolean signed, boolean bool) implements Type {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitInt(this);
        }
    }

    record Enum(String name, int size, boolean signed) implements Type {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitEnum(this);
        }
    }

    record Float(String name, int size) implements Type {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitFloat(this);
        }
    }

    /** @param target lazily, since C types are cyclic */
    record Pointer(Supplier<Type> target) implements Type {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitPointer(this);
        }
    }

    record Array(Supplier<Type> element, int length) implements Type {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitArray(this);
        }
    }

    /**
     * A struct or union.
     *
     * @param members lazily; of an incomplete type there are none
     */
    record Struct(String name, boolean union, int size, Supplier<List<Member>> members) implements Type {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitStruct(this);
        }
    }

    record Void() implements Type {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitVoid(this);
        }
    }

    /** A function; only pointers to it have values. */
    record Function(FunctionType prototype) implements Type {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitFunction(this);
        }
    }

    /**
     * A member of a struct; one without a name is an anonymous struct or union whose members count as the outer's.
     *
     * @param bitOffset from the start of the struct
     * @param bitWidth of a bit-field; 0: not a bit-field
     */
    record Member(String name, Type type, int bitOffset, int bitWidth) {}
}
