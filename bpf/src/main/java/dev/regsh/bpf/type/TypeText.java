// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.type;

import java.util.stream.Collectors;

/** Types as C writes them, without qualifiers. */
public final class TypeText implements Type.Visitor<String> {
    private static final TypeText TEXT = new TypeText();

    private TypeText() {}

    public static String of(Type type) {
        return type.accept(TEXT);
    }

    /** {@code long f(int a, struct b *c)}. */
    public static String of(FunctionType function) {
        String parameters = function.parameters().stream().map(p -> p.declared()
                + (p.name().isEmpty() || p.declared().endsWith("*") ? "" : " ")
                + p.name()).collect(Collectors.joining(", "));
        String returns = of(function.returns());
        return returns + (returns.endsWith("*") ? "" : " ") + function.name() + "("
                + (parameters.isEmpty() && !function.variadic() ? "void" : parameters)
                + (function.variadic() ? parameters.isEmpty() ? "..." : ", ..." : "") + ")";
    }

    @Override
    public String visitInt(Type.Int type) {
        return type.name();
    }

    @Override
    public String visitEnum(Type.Enum type) {
        return "enum " + tag(type.name());
    }

    @Override
    public String visitFloat(Type.Float type) {
        return type.name();
    }

    @Override
    public String visitPointer(Type.Pointer type) {
        String target = of(type.target().get());
        return target + (target.endsWith("*") ? "*" : " *");
    }

    @Override
    public String visitArray(Type.Array type) {
        return of(type.element().get()) + "[" + type.length() + "]";
    }

    @Override
    public String visitStruct(Type.Struct type) {
        return (type.union() ? "union " : "struct ") + tag(type.name());
    }

    @Override
    public String visitVoid(Type.Void type) {
        return "void";
    }

    @Override
    public String visitFunction(Type.Function type) {
        return of(type.prototype().returns()) + " ()";
    }

    private static String tag(String name) {
        return name.isEmpty() ? "{...}" : name;
    }
}
