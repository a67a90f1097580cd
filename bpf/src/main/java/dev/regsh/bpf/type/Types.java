// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.type;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Questions about C types. */
public final class Types {
    private static final int POINTER_BYTES = 8;
    private static final int DEEPEST = 32;

    private Types() {}

    /** sizeof; 0 for what has none. */
    public static long size(Type type) {
        if (type instanceof Type.Int t) {
            return t.size();
        } else if (type instanceof Type.Enum t) {
            return t.size();
        } else if (type instanceof Type.Float t) {
            return t.size();
        } else if (type instanceof Type.Pointer) {
            return POINTER_BYTES;
        } else if (type instanceof Type.Array t) {
            return t.length() * size(t.element().get());
        } else if (type instanceof Type.Struct t) {
            return t.size();
        }
        return 0;
    }

    /**
     * _Alignof, as far as sizes and offsets tell: of a packed struct 1; one with an {@code aligned} attribute shows it where
     * its size is larger than its members need.
     */
    public static long alignment(Type type) {
        if (type instanceof Type.Array array) {
            return alignment(array.element().get());
        } else if (type instanceof Type.Struct struct) {
            return alignment(struct);
        }
        return Math.min(16, Math.max(1, Long.highestOneBit(size(type))));
    }

    /** What its members ask for, whatever an attribute says of the whole. */
    public static long naturalAlignment(Type type) {
        if (!(type instanceof Type.Struct struct)) {
            return alignment(type);
        }
        long most = 1;
        for (Type.Member member : struct.members().get()) {
            long each = alignment(member.type());
            if (member.bitWidth() == 0 && member.bitOffset() % (each * 8) != 0) {
                return 1;
            }
            most = Math.max(most, each);
        }
        return struct.size() % most == 0 ? most : 1;
    }

    private static long alignment(Type.Struct struct) {
        long alignment = naturalAlignment(struct);
        long end = 0;
        for (Type.Member member : struct.members().get()) {
            long bits = member.bitWidth() > 0 ? member.bitWidth() : size(member.type()) * 8;
            end = Math.max(end, member.bitOffset() + bits);
        }
        long used = (end + 7) / 8;
        // Of a packed struct nothing is filled up.
        while (used > 0 && roundUp(used, alignment) < struct.size() && roundUp(used, alignment * 2) <= struct.size()) {
            alignment *= 2;
        }
        return alignment;
    }

    private static long roundUp(long value, long step) {
        return (value + step - 1) / step * step;
    }

    /** It fits a register and is no floating point number. */
    public static boolean isInteger(Type type) {
        boolean wide = type instanceof Type.Int integer && integer.size() > 8;
        return !wide && (type instanceof Type.Int || type instanceof Type.Enum || type instanceof Type.Pointer);
    }

    public static boolean signed(Type type) {
        if (type instanceof Type.Enum t) {
            return t.signed();
        }
        return type instanceof Type.Int t && t.signed();
    }

    /** As C writes it, without qualifiers. */
    public static String show(Type type) {
        if (type instanceof Type.Int t) {
            return t.name();
        } else if (type instanceof Type.Enum t) {
            return "enum " + (t.name().isEmpty() ? "{...}" : t.name());
        } else if (type instanceof Type.Float t) {
            return t.name();
        } else if (type instanceof Type.Pointer t) {
            String target = show(t.target().get());
            return target + (target.endsWith("*") ? "*" : " *");
        } else if (type instanceof Type.Array t) {
            return show(t.element().get()) + "[" + t.length() + "]";
        } else if (type instanceof Type.Struct t) {
            return (t.union() ? "union " : "struct ") + (t.name().isEmpty() ? "{...}" : t.name());
        } else if (type instanceof Type.Function t) {
            return show(t.prototype().returns()) + " ()";
        }
        return "void";
    }

    /** {@code long f(int a, struct b *c)}. */
    public static String show(FunctionType function) {
        String parameters = function.parameters().stream().map(p -> p.declared()
                + (p.name().isEmpty() || p.declared().endsWith("*") ? "" : " ")
                + p.name()).collect(Collectors.joining(", "));
        String returns = show(function.returns());
        return returns + (returns.endsWith("*") ? "" : " ") + function.name() + "("
                + (parameters.isEmpty() && !function.variadic() ? "void" : parameters)
                + (function.variadic() ? parameters.isEmpty() ? "..." : ", ..." : "") + ")";
    }

    /** A call through one prototype may land in a function of the other: same values in the same places. */
    public static boolean sameCall(FunctionType left, FunctionType right) {
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
        if (depth > DEEPEST) {
            return true;
        }
        if (left instanceof Type.Int a && right instanceof Type.Int b) {
            return a.size() == b.size() && a.signed() == b.signed() && a.bool() == b.bool();
        } else if (left instanceof Type.Enum a && right instanceof Type.Enum b) {
            return a.name().equals(b.name()) && a.size() == b.size();
        } else if (left instanceof Type.Float a && right instanceof Type.Float b) {
            return a.size() == b.size();
        } else if (left instanceof Type.Pointer a && right instanceof Type.Pointer b) {
            return same(a.target().get(), b.target().get(), depth + 1);
        } else if (left instanceof Type.Array a && right instanceof Type.Array b) {
            return a.length() == b.length() && same(a.element().get(), b.element().get(), depth + 1);
        } else if (left instanceof Type.Struct a && right instanceof Type.Struct b) {
            // An incomplete type has the name only.
            return a.name().equals(b.name()) && a.union() == b.union()
                    && (a.size() == b.size() || a.size() == 0 || b.size() == 0);
        } else if (left instanceof Type.Function a && right instanceof Type.Function b) {
            return depth > 3 || sameCall(a.prototype(), b.prototype());
        }
        return left instanceof Type.Void && right instanceof Type.Void;
    }

    /** The fields a name can mean: the members, and those of anonymous members at their place. */
    public static List<Type.Member> fields(Type.Struct struct) {
        List<Type.Member> all = new ArrayList<>();
        collect(struct, 0, 0, all);
        return all;
    }

    private static void collect(Type.Struct struct, int bitOffset, int depth, List<Type.Member> all) {
        for (Type.Member member : struct.members().get()) {
            int offset = bitOffset + member.bitOffset();
            if (!member.name().isEmpty()) {
                all.add(new Type.Member(member.name(), member.type(), offset, member.bitWidth()));
            } else if (member.type() instanceof Type.Struct inner && depth < DEEPEST) {
                collect(inner, offset, depth + 1, all);
            }
        }
    }
}
