// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.abi;

import dev.regsh.bpf.type.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The class of eight bytes of an argument or result (x86-64 psABI 3.2.3, "Classification"). */
enum SystemVClass {
    /** Padding, and the upper half of what fills one vector register or the x87's. */
    NONE,
    INTEGER,
    SSE,
    X87;

    private static final int MOST = 16;

    /** Of each eight bytes; none: the value is passed in memory, or has no size. */
    static List<SystemVClass> of(Type type) {
        long size = type.size();
        if (type instanceof Type.Array) {
            // No array is passed as one: this is a vector type, which BTF cannot tell from one.
            return List.of(SSE);
        }
        if (size > MOST) {
            return List.of();
        }
        SystemVClass[] classes = new SystemVClass[(int) (size + 7) / 8];
        Arrays.fill(classes, NONE);
        if (!classify(type, 0, classes)) {
            return List.of();
        }
        List<SystemVClass> all = new ArrayList<>(List.of(classes));
        if (all.contains(X87) && !all.equals(List.of(X87, NONE))) {
            return List.of();
        }
        return all;
    }

    /** False: a field lies where its alignment does not let it, reaches beyond the value, or shares its bytes with an x87 number. */
    private static boolean classify(Type type, long bit, SystemVClass[] classes) {
        Optional<List<Type.Member>> parts = type.parts();
        if (parts.isPresent()) {
            for (Type.Member part : parts.get()) {
                long at = bit + part.bitOffset();
                boolean fits = part.bitWidth() > 0 ? mark(INTEGER, at, part.bitWidth(), classes)
                        : classify(part.type(), at, classes);
                if (!fits) {
                    return false;
                }
            }
            return true;
        }
        long bits = type.size() * 8;
        if (bits == 0) {
            return true;
        }
        if (bit % (type.alignment() * 8) != 0) {
            return false;
        }
        if (!(type instanceof Type.Float number)) {
            return mark(INTEGER, bit, bits, classes);
        }
        boolean extended = bits == 128 && !number.name().contains("128");
        return mark(extended ? X87 : SSE, bit, Math.min(bits, 64), classes);
    }

    private static boolean mark(SystemVClass with, long bit, long bits, SystemVClass[] classes) {
        if (bit + bits > classes.length * 64L) {
            return false;
        }
        for (int i = (int) (bit / 64); i <= (bit + bits - 1) / 64; i++) {
            SystemVClass old = classes[i];
            boolean both = old != NONE && old != with;
            if (both && (old == X87 || with == X87)) {
                return false;
            }
            classes[i] = both ? INTEGER : with;
        }
        return true;
    }
}
