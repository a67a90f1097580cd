// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.type;

import java.util.List;
import java.util.function.Supplier;

/** A C type as BTF describes it; modifiers and typedefs are already followed. Sizes are in bytes. */
public sealed interface Type {

    /** @param bool or a C {@code _Bool}; {@code char} counts as an integer of one byte */
    record Int(String name, int size, boolean signed, boolean bool) implements Type {}

    record Enum(String name, int size, boolean signed) implements Type {}

    record Float(String name, int size) implements Type {}

    /** @param target lazily, since C types are cyclic */
    record Pointer(Supplier<Type> target) implements Type {}

    record Array(Supplier<Type> element, int length) implements Type {}

    /**
     * A struct or union.
     *
     * @param members lazily; of an incomplete type there are none
     */
    record Struct(String name, boolean union, int size, Supplier<List<Member>> members) implements Type {}

    record Void() implements Type {}

    /** A function; only pointers to it have values. */
    record Function(FunctionType prototype) implements Type {}

    /**
     * A member of a struct; one without a name is an anonymous struct or union whose members count as the outer's.
     *
     * @param bitOffset from the start of the struct
     * @param bitWidth of a bit-field; 0: not a bit-field
     */
    record Member(String name, Type type, int bitOffset, int bitWidth) {}
}
