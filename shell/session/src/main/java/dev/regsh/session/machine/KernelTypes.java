// SPDX-License-Identifier: Apache-2.0
package dev.regsh.session.machine;

import dev.regsh.bpf.type.FunctionType;
import dev.regsh.bpf.type.Type;
import dev.regsh.bpf.type.TypeSource;
import dev.regsh.btf.Btf;
import dev.regsh.btf.Declaration;
import dev.regsh.btf.KernelBtf;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The running kernel's BTF as the compiler sees types. */
public final class KernelTypes implements TypeSource {
    private final KernelBtf files = new KernelBtf();

    @Override
    public Optional<FunctionType> function(String function, String module) {
        return files.of(module).flatMap(btf -> function(btf, function));
    }

    /** A prototype in one BTF. */
    public static Optional<FunctionType> function(Btf btf, String name) {
        var id = btf.function(name);
        return id.isPresent() ? Optional.of(prototype(btf, name, btf.prototype(id.getAsInt()))) : Optional.empty();
    }

    /** The prototype as C writes it. */
    public Optional<String> declaration(String function, String module) {
        return files.of(module).flatMap(btf -> {
            var id = btf.function(function);
            return id.isPresent() ? Optional.of(Declaration.ofFunction(btf, id.getAsInt())) : Optional.empty();
        });
    }

    private static FunctionType prototype(Btf btf, String name, int prototype) {
        List<FunctionType.Parameter> parameters = new ArrayList<>();
        boolean variadic = false;
        for (Btf.Parameter parameter : btf.parameters(prototype)) {
            // An ellipsis is a last parameter of type void without a name (Documentation/bpf/btf.rst).
            if (parameter.type() == 0) {
                variadic = true;
            } else {
                parameters.add(new FunctionType.Parameter(parameter.name(), type(btf, parameter.type()),
                        Declaration.of(btf, parameter.type(), "")));
            }
        }
        return new FunctionType(name, type(btf, btf.target(prototype)), parameters, variadic);
    }

    private static Type type(Btf btf, int alias) {
        int id = btf.resolve(alias);
        String name = btf.name(id);
        int size = (int) btf.size(id);
        return switch (btf.kind(id)) {
            case INT -> new Type.Int(name, size, btf.signed(id), btf.bool(id));
            case ENUM, ENUM64 -> new Type.Enum(name, size, btf.signed(id));
            case FLOAT -> new Type.Float(name, size);
            case POINTER -> new Type.Pointer(() -> type(btf, btf.target(id)));
            case ARRAY -> new Type.Array(() -> type(btf, btf.target(id)), btf.length(id));
            case STRUCT, UNION, FORWARD -> new Type.Struct(name, btf.kind(id) == dev.regsh.btf.Kind.UNION, size,
                    () -> members(btf, id));
            case FUNCTION, PROTOTYPE -> new Type.Function(prototype(btf, name, btf.prototype(id)));
            default -> new Type.Void();
        };
    }

    private static List<Type.Member> members(Btf btf, int struct) {
        return btf.members(struct).stream()
                .map(m -> new Type.Member(m.name(), type(btf, m.type()), m.bitOffset(), m.bitWidth())).toList();
    }
}
