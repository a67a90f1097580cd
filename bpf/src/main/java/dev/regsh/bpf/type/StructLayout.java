// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.type;

import java.util.ArrayList;
import java.util.List;

/** What the offsets of a struct's members tell of it. */
final class StructLayout {
    /** Anonymous members in anonymous members: more is no C. */
    private static final int DEEPEST = 32;

    private StructLayout() {}

    static long naturalAlignment(Type.Struct struct) {
        long most = 1;
        for (Type.Member member : struct.members().get()) {
            long each = member.type().alignment();
            if (member.bitWidth() == 0 && member.bitOffset() % (each * 8) != 0) {
                return 1;
            }
            most = Math.max(most, each);
        }
        return struct.size() % most == 0 ? most : 1;
    }

    static long alignment(Type.Struct struct) {
        long alignment = naturalAlignment(struct);
        long end = 0;
        for (Type.Member member : struct.members().get()) {
            long bits = member.bitWidth() > 0 ? member.bitWidth() : member.type().size() * 8;
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

    static List<Type.Member> fields(Type.Struct struct) {
        List<Type.Member> all = new ArrayList<>();
        collect(struct, 0, 0, all);
        return all;
    }

    private static void collect(Type.Struct struct, int bitOffset, int depth, List<Type.Member> all) {
        for (Type.Member member : struct.members().get()) {
            int offset = bitOffset + member.bitOffset();
            if (!member.name().isEmpty()) {
                all.add(new Type.Member(member.name(), member.type(), offset, member.bitWidth()));
                continue;
            }
            if (member.type() instanceof Type.Struct inner && depth < DEEPEST) {
                collect(inner, offset, depth + 1, all);
            }
        }
    }
}
