// SPDX-License-Identifier: Apache-2.0
package dev.regsh.bpf.isa;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Programs as text, in the notation of LLVM and of the kernel's verifier; what the loader completes is named. */
public final class Disassembly {
    /**
     * An instruction.
     *
     * @param index of its slot; 64-bit loads take two
     */
    public record Line(int index, String text, int column) {}

    private Disassembly() {}

    public static List<Line> of(Program program) {
        Map<Integer, Relocation> relocations = new HashMap<>();
        program.relocations().forEach(relocation -> relocations.put(relocation.index(), relocation));
        List<Line> lines = new ArrayList<>();
        long[] code = program.instructions();
        for (int i = 0; i < code.length; i++) {
            int at = i;
            Relocation relocation = relocations.get(at);
            String text;
            if ((code[i] & 0xFF) == (Opcode.LD | Opcode.IMM | Opcode.size(8))) {
                text = wide(code[i], code[++i], relocation);
            } else {
                text = relocation == null ? text(code[i]) : "call " + relocation.name();
            }
            lines.add(new Line(at, text, program.columns()[at]));
        }
        return lines;
    }

    private static String wide(long first, long second, @Nullable Relocation relocation) {
        String register = "r" + (first >>> 8 & 15) + " = ";
        if (relocation == null) {
            return register + (first >>> 32 | (second & 0xFFFF_FFFF_0000_0000L)) + " ll";
        }
        return register + "map " + relocation.name() + (relocation.kind() == Relocation.Kind.MAP_VALUE
                ? "[0] + " + relocation.offset() : "");
    }

    private static String text(long instruction) {
        int opcode = (int) (instruction & 0xFF);
        int dst = (int) (instruction >>> 8 & 15);
        int src = (int) (instruction >>> 12 & 15);
        int offset = (short) (instruction >>> 16);
        int immediate = (int) (instruction >>> 32);
        return switch (opcode & 7) {
            case Opcode.ALU, Opcode.ALU64 -> arithmetic(opcode, dst, src, immediate);
            case Opcode.JMP, Opcode.JMP32 -> jump(opcode, dst, src, offset, immediate);
            case Opcode.LDX -> "r" + dst + " = " + place(opcode, src, offset);
            case Opcode.ST -> place(opcode, dst, offset) + " = " + immediate;
            default -> stored(opcode, dst, src, offset, immediate);
        };
    }

    private static String stored(int opcode, int dst, int src, int offset, int immediate) {
        if ((opcode & 0xE0) != Opcode.ATOMIC) {
            return place(opcode, dst, offset) + " = r" + src;
        }
        return (immediate & Opcode.FETCH) == 0 ? "lock " + place(opcode, dst, offset) + " += r" + src
                : "r" + src + " = atomic_fetch_add((u64 *)(r" + dst + signed(offset) + "), r" + src + ")";
    }

    private static String arithmetic(int opcode, int dst, int src, int immediate) {
        String kind = (opcode & 7) == Opcode.ALU64 ? "r" : "w";
        for (Alu operation : Alu.values()) {
            if (operation.code() == (opcode & 0xF0)) {
                return operation == Alu.NEG ? kind + dst + " = -" + kind + dst : kind + dst + " " + operation.symbol() + " "
                        + ((opcode & Opcode.X) != 0 ? kind + src : Integer.toString(immediate));
            }
        }
        throw new IllegalArgumentException("no arithmetic " + opcode);
    }

    private static String jump(int opcode, int dst, int src, int offset, int immediate) {
        return switch (opcode & 0xF0) {
            case Opcode.JA -> "goto " + distance(offset);
            case Opcode.CALL -> {
                yield "call " + Helper.of(immediate).map(helper -> helper.kernelName() + "#" + immediate)
                        .orElse(Integer.toString(immediate));
            }
            case Opcode.EXIT -> "exit";
            default -> {
                String kind = (opcode & 7) == Opcode.JMP ? "r" : "w";
                for (Condition condition : Condition.values()) {
                    if (condition.code() == (opcode & 0xF0)) {
                        yield "if " + kind + dst + " " + condition.symbol() + " "
                                + ((opcode & Opcode.X) != 0 ? kind + src : Integer.toString(immediate)) + " goto "
                                + distance(offset);
                    }
                }
                throw new IllegalArgumentException("no jump " + opcode);
            }
        };
    }

    private static String place(int opcode, int base, int offset) {
        int bits = switch (opcode & 0x18) {
            case 0x10 -> 8;
            case 0x08 -> 16;
            case 0x00 -> 32;
            default -> 64;
        };
        return "*(u" + bits + " *)(r" + base + signed(offset) + ")";
    }

    private static String signed(int offset) {
        return offset < 0 ? " - " + -offset : " + " + offset;
    }

    private static String distance(int offset) {
        return (offset < 0 ? "" : "+") + offset;
    }
}
