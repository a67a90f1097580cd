// SPDX-License-Identifier: Apache-2.0
package dev.regsh.btf;

import java.util.stream.Collectors;

/** Types as C writes them: {@code struct file *file}, {@code int (*compare)(const void *, const void *)}. */
public final class Declaration {
    private static final int DEEPEST = 32;

    private Declaration() {}

    /** A variable, member or parameter of the type; an empty name gives the type alone. */
    public static String of(Btf btf, int type, String name) {
        return declare(btf, type, name, 0);
    }

    /** {@code ssize_t vfs_read(struct file *file, char *buf, ...)}. */
    public static String ofFunction(Btf btf, int function) {
        return declare(btf, btf.target(function), btf.name(function), 0);
    }

    // Inside out: what stands around the name grows while the walk goes from the outer type to the inner one.
    private static String declare(Btf btf, int type, String around, int depth) {
        if (depth > DEEPEST) {
            return joined("...", around);
        }
        int next = depth + 1;
        return switch (btf.kind(type)) {
            case POINTER -> declare(btf, btf.target(type), pointer(btf, type, around), next);
            case ARRAY -> declare(btf, btf.target(type), around + "[" + btf.length(type) + "]", next);
            case PROTOTYPE -> declare(btf, btf.target(type), around + "(" + parameters(btf, type, next) + ")", next);
            case CONST -> qualified(btf, type, "const", around, next);
            case VOLATILE -> qualified(btf, type, "volatile", around, next);
            case RESTRICT -> qualified(btf, type, "restrict", around, next);
            case TYPE_TAG -> declare(btf, btf.target(type), around, next);
            case STRUCT -> joined(tagged("struct", btf.name(type)), around);
            case UNION -> joined(tagged("union", btf.name(type)), around);
            case ENUM, ENUM64 -> joined(tagged("enum", btf.name(type)), around);
            case FORWARD -> joined(tagged(btf.forwardUnion(type) ? "union" : "struct", btf.name(type)), around);
            default -> joined(btf.name(type), around);
        };
    }

    private static String pointer(Btf btf, int type, String around) {
        Kind target = btf.kind(btf.target(type));
        return target == Kind.ARRAY || target == Kind.PROTOTYPE ? "(*" + around + ")" : "*" + around;
    }

    private static String qualified(Btf btf, int type, String word, String around, int depth) {
        int target = btf.target(type);
        return btf.kind(target) == Kind.POINTER ? declare(btf, target, joined(word, around), depth)
                : word + " " + declare(btf, target, around, depth);
    }

    private static String parameters(Btf btf, int prototype, int depth) {
        String list = btf.parameters(prototype).stream()
                .map(p -> p.type() == 0 && p.name().isEmpty() ? "..." : declare(btf, p.type(), p.name(), depth))
                .collect(Collectors.joining(", "));
        return list.isEmpty() ? "void" : list;
    }

    private static String tagged(String word, String name) {
        return name.isEmpty() ? word + " {...}" : word + " " + name;
    }

    private static String joined(String word, String around) {
        return around.isEmpty() ? word : word + " " + around;
    }
}
