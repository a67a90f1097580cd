// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.type;

import java.util.AbstractList;
import java.util.List;
import java.util.Optional;
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

    /** sizeof; 0 for what has none. */
    long size();

    /**
     * _Alignof, as far as sizes and offsets tell: of a packed struct 1; one with an {@code aligned} attribute shows it where
     * its size is larger than its members need.
     */
    default long alignment() {
        return Math.min(16, Math.max(1, Long.highestOneBit(size())));
    }

    /** What its members ask for, whatever an attribute says of the whole. */
    default long naturalAlignment() {
        return alignment();
    }

    /** It fits a register and is no floating point number. */
    default boolean isInteger() {
        return false;
    }

    default boolean signed() {
        return false;
    }

    /** What a struct or an array is made of; empty: it is neither. */
    default Optional<List<Member>> parts() {
        return Optional.empty();
    }

    /** @param bool or a C {@code _Bool}; {@code char} counts as an integer of one byte */
    record Int(String name, long size, boolean signed, boolean bool) implements Type {
        @Override
        public boolean isInteger() {
            return size <= 8;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitInt(this);
        }
    }

    record Enum(String name, long size, boolean signed) implements Type {
        @Override
        public boolean isInteger() {
            return true;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitEnum(this);
        }
    }

    record Float(String name, long size) implements Type {
        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitFloat(this);
        }
    }

    /** @param target lazily, since C types are cyclic */
    record Pointer(Supplier<Type> target) implements Type {
        @Override
        public long size() {
            return 8;
        }

        @Override
        public boolean isInteger() {
            return true;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitPointer(this);
        }
    }

    record Array(Supplier<Type> element, int length) implements Type {
        @Override
        public long size() {
            return length * element.get().size();
        }

        @Override
        public long alignment() {
            return element.get().alignment();
        }

        @Override
        public Optional<List<Member>> parts() {
            long bits = element.get().size() * 8;
            // Made as they are asked for: an array may be long.
            return Optional.of(new AbstractList<>() {
                @Override
                public Member get(int index) {
                    return new Member("", element.get(), (int) (index * bits), 0);
                }

                @Override
                public int size() {
                    return bits == 0 ? 0 : length;
                }
            });
        }

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
    record Struct(String name, boolean union, long size, Supplier<List<Member>> members) implements Type {
        @Override
        public long alignment() {
            return StructLayout.alignment(this);
        }

        @Override
        public long naturalAlignment() {
            return StructLayout.naturalAlignment(this);
        }

        @Override
        public Optional<List<Member>> parts() {
            return Optional.of(members.get());
        }

        /** What a field's name can mean: the members, and those of anonymous members at their place. */
        public List<Member> fields() {
            return StructLayout.fields(this);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitStruct(this);
        }
    }

    record Void() implements Type {
        @Override
        public long size() {
            return 0;
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.visitVoid(this);
        }
    }

    /** A function; only pointers to it have values. */
    record Function(FunctionType prototype) implements Type {
        @Override
        public long size() {
            return 0;
        }

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
