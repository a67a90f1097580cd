// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

/** The conditions eBPF can jump on; S is signed. */
public enum Condition {
    EQ(0x10, "=="), NE(0x50, "!="), GT(0x20, ">"), GE(0x30, ">="), LT(0xa0, "<"), LE(0xb0, "<="),
    SGT(0x60, "s>"), SGE(0x70, "s>="), SLT(0xc0, "s<"), SLE(0xd0, "s<=");

    private final int code;
    private final String symbol;

    Condition(int code, String symbol) {
        this.code = code;
        this.symbol = symbol;
    }

    int code() {
        return code;
    }

    public String symbol() {
        return symbol;
    }

    /** What holds when this does not. */
    public Condition negated() {
        return switch (this) {
            case EQ -> NE;
            case NE -> EQ;
            case GT -> LE;
            case GE -> LT;
            case LT -> GE;
            case LE -> GT;
            case SGT -> SLE;
            case SGE -> SLT;
            case SLT -> SGE;
            case SLE -> SGT;
        };
    }
}
