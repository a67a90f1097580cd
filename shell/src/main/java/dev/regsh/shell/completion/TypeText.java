// SPDX-License-Identifier: Apache-2.0
package dev.regsh.shell.completion;

import dev.regsh.bpf.type.Type;

/** A type in a few words, as C would name it. */
final class TypeText implements Type.Visitor<String> {
    static final TypeText OF = new TypeText();

    private TypeText() {}

    @Override
    public String visitInt(Type.Int type) {
        return type.name();
    }

    @Override
    public String visitEnum(Type.Enum type) {
        return "enum " + type.name();
    }

    @Override
    public String visitFloat(Type.Float type) {
        return type.name();
    }

    @Override
    public String visitPointer(Type.Pointer type) {
        return type.target().get().accept(this) + " *";
    }

    @Override
    public String visitArray(Type.Array type) {
        return type.element().get().accept(this) + "[" + type.length() + "]";
    }

    @Override
    public String visitStruct(Type.Struct type) {
        return ((type.union() ? "union " : "struct ") + type.name()).strip();
    }

    @Override
    public String visitVoid(Type.Void type) {
        return "void";
    }

    @Override
    public String visitFunction(Type.Function type) {
        return "function";
    }
}
