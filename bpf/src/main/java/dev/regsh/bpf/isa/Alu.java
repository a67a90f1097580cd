// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

/** Arithmetic of eBPF. DIV and MOD are unsigned; x / 0 is 0 and x % 0 is x. */
public enum Alu {
    ADD(0x00, "+="), SUB(0x10, "-="), MUL(0x20, "*="), DIV(0x30, "/="), OR(0x40, "|="), AND(0x50, "&="),
    LSH(0x60, "<<="), RSH(0x70, ">>="), NEG(0x80, "= -"), MOD(0x90, "%="), XOR(0xa0, "^="), MOV(0xb0, "="),
    ARSH(0xc0, "s>>=");

    private final int code;
    private final String symbol;

    Alu(int code, String symbol) {
        this.code = code;
        this.symbol = symbol;
    }

    int code() {
        return code;
    }

    public String symbol() {
        return symbol;
    }
}
