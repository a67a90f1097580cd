// SPDX-License-Identifier: Apache-2.0
package dev.regsh.grammar.expression;

import java.util.Arrays;
import java.util.List;

/** An integer type of the language, named as the kernel names it. */
public enum IntType {
    U8(1, false), U16(2, false), U32(4, false), U64(8, false),
    S8(1, true), S16(2, true), S32(4, true), S64(8, true);

    /** What they are written as, {@code u8} to {@code s64}. */
    public static final List<String> KEYWORDS = Arrays.stream(values()).map(IntType::keyword).toList();

    private final int bytes;
    private final boolean signed;

    IntType(int bytes, boolean signed) {
        this.bytes = bytes;
        this.signed = signed;
    }

    public int bytes() {
        return bytes;
    }

    public boolean signed() {
        return signed;
    }

    /** As it is written: {@code u32}. */
    public String keyword() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
